import type { Linear, LinearRole } from "../../stages/model/types";

const order: readonly LinearRole[] = [
  "query",
  "key",
  "value",
  "attention-output",
  "gate",
  "up",
  "fc1",
  "fc2",
  "down",
];
const names: Partial<Record<LinearRole, string>> = { "attention-output": "output" };

/** The roles that occur, in the order data flows through a layer. */
export function rolesOf(linears: readonly Linear[]): LinearRole[] {
  return order.filter((role) => linears.some((linear) => linear.role === role));
}

export function layersOf(linears: readonly Linear[]): number[] {
  return [...new Set(linears.map(({ layer }) => layer))].sort((first, second) => first - second);
}

/** Short enough for the head of a column. */
export function roleName(role: LinearRole): string {
  return names[role] ?? role;
}
