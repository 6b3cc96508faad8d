import type { LinearId, LinearRole } from "../stages/model/types";

/** Short names of a vision transformer's linears, `2.fc2`; in links and labels. Other linears keep their full name. */

const suffixes: Readonly<Partial<Record<LinearRole, string>>> = {
  query: "attention.attention.query",
  key: "attention.attention.key",
  value: "attention.attention.value",
  "attention-output": "attention.output.dense",
  fc1: "intermediate.dense",
  fc2: "output.dense",
};

const fullName = /^vit\.encoder\.layer\.(0|[1-9]\d{0,2})\.([a-z.]+)\.weight$/;
const shortName = /^(0|[1-9]\d{0,2})\.([a-z0-9-]+)$/;

/** The name of a linear of a vision transformer, or undefined for roles it does not have. */
export function vitLinear(layer: number, role: LinearRole): LinearId | undefined {
  const suffix = suffixes[role];
  return suffix === undefined ? undefined : `vit.encoder.layer.${String(layer)}.${suffix}.weight`;
}

export function shortLinearName(id: LinearId): string {
  const match = fullName.exec(id);
  const role = Object.entries(suffixes).find(([, suffix]) => suffix === match?.[2])?.[0];
  return match?.[1] === undefined || role === undefined ? id : `${match[1]}.${role}`;
}

/** Inverse of `shortLinearName`; a text that is no short name is returned as it is. */
export function longLinearName(text: string): LinearId {
  const match = shortName.exec(text);
  const suffix = Object.entries(suffixes).find(([role]) => role === match?.[2])?.[1];
  return match?.[1] === undefined || suffix === undefined
    ? text
    : `vit.encoder.layer.${match[1]}.${suffix}.weight`;
}
