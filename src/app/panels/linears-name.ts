import { shortLinearName } from "../../recipe/linear-name";
import type { Linear, LinearId } from "../../stages/model/types";

/** `fc2 of layers 2, 3`, `gate, up, down of layer 0`; linears that the model does not list keep their name. */
export function linearsName(ids: readonly LinearId[], linears: readonly Linear[]): string {
  const known = linears.filter(({ id }) => ids.includes(id));
  const unknown = ids.filter((id) => !known.some((linear) => linear.id === id)).map(shortLinearName);
  /** Roles by the layers in which they occur. */
  const roles = new Map<string, string[]>();
  for (const role of new Set(known.map((linear) => linear.role))) {
    const layers = known.filter((linear) => linear.role === role).map(({ layer }) => layer);
    const total = linears.filter((linear) => linear.role === role).length;
    const where =
      layers.length === total && total > 1
        ? "all layers"
        : `${layers.length === 1 ? "layer" : "layers"} ${layers.join(", ")}`;
    roles.set(where, [...(roles.get(where) ?? []), role]);
  }
  const named = [...roles].map(([where, names]) => `${names.join(", ")} of ${where}`);
  return [...named, ...unknown].join("; ");
}
