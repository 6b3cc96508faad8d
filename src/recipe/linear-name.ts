import type { LinearId, LinearRole } from "../stages/model/types";

/** Short names of linears in links and labels; linears of other models keep their full name. */

/** Short names of a vision transformer's linears, `2.fc2`. */
const suffixes: Readonly<Record<string, string>> = {
  query: "attention.attention.query",
  key: "attention.attention.key",
  value: "attention.attention.value",
  "attention-output": "attention.output.dense",
  fc1: "intermediate.dense",
  fc2: "output.dense",
};

/** Short names of a language model's linears, `2.down`. */
const textSuffixes: Readonly<Record<string, string>> = {
  q: "self_attn.q_proj",
  k: "self_attn.k_proj",
  v: "self_attn.v_proj",
  o: "self_attn.o_proj",
  gate: "mlp.gate_proj",
  up: "mlp.up_proj",
  down: "mlp.down_proj",
};

interface Family {
  readonly prefix: string;
  readonly suffixes: Readonly<Record<string, string>>;
}

const families: readonly Family[] = [
  { prefix: "vit.encoder.layer", suffixes },
  { prefix: "model.layers", suffixes: textSuffixes },
];

const fullName = /^([a-z.]+)\.(0|[1-9]\d{0,2})\.([a-z_.]+)\.weight$/;
const shortName = /^(0|[1-9]\d{0,2})\.([a-z0-9-]+)$/;

/** The name of a linear of a vision transformer, or undefined for roles it does not have. */
export function vitLinear(layer: number, role: LinearRole): LinearId | undefined {
  const suffix = suffixes[role];
  return suffix === undefined ? undefined : `vit.encoder.layer.${String(layer)}.${suffix}.weight`;
}

export function shortLinearName(id: LinearId): string {
  const [, prefix, layer, module] = fullName.exec(id) ?? [];
  const family = families.find((one) => one.prefix === prefix);
  const role = Object.entries(family?.suffixes ?? {}).find(([, suffix]) => suffix === module)?.[0];
  return layer === undefined || role === undefined ? id : `${layer}.${role}`;
}

/** Inverse of `shortLinearName`; a text that is no short name is returned as it is. */
export function longLinearName(text: string): LinearId {
  const [, layer, role = ""] = shortName.exec(text) ?? [];
  const family = families.find((one) => Object.hasOwn(one.suffixes, role));
  const suffix = family?.suffixes[role];
  return layer === undefined || family === undefined || suffix === undefined
    ? text
    : `${family.prefix}.${layer}.${suffix}.weight`;
}
