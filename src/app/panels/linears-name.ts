import { shortLinearName } from "../../recipe/linear-name";
import type { Linear, LinearId } from "../../stages/model/types";

/** `fc2 of layers 2, 3`; linears that the model does not list keep their name. */
export function linearsName(ids: readonly LinearId[], linears: readonly Linear[]): string {
  const known = linears.filter(({ id }) => ids.includes(id));
  const unknown = ids.filter((id) => !known.some((linear) => linear.id === id)).map(shortLinearName);
  const roles = [...new Set(known.map(({ role }) => role))].map((role) => {
    const layers = known.filter((linear) => linear.role === role).map(({ layer }) => layer);
    const total = linears.filter((linear) => linear.role === role).length;
    if (layers.length === total && total > 1) return `${role} of all layers`;
    return `${role} of ${layers.length === 1 ? "layer" : "layers"} ${layers.join(", ")}`;
  });
  return [...roles, ...unknown].join("; ");
}
