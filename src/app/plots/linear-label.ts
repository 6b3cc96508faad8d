import type { Linear, LinearId } from "../../stages/model/types";

/** `layer 2 fc2`: short enough for an axis. Layers count from 0, as in checkpoints and in the paper. */
export function linearLabel(linear: Linear): string {
  return `layer ${String(linear.layer)} ${linear.role}`;
}

/** Labels by id; an id that the model does not list is its own label. */
export function linearLabels(linears: readonly Linear[]): (id: LinearId) => string {
  const labels = new Map(linears.map((linear) => [linear.id, linearLabel(linear)]));
  return (id) => labels.get(id) ?? id;
}
