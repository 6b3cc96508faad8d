import type { Unit } from "./card";

const digits: Readonly<Record<Exclude<Unit, "share">, number>> = {
  ratio: 2,
  distance: 2,
  ndcg: 3,
  perplexity: 2,
  count: 0,
};

/** A number of the book with its unit: `75.0 %`, `3.50×`, `0.72`. */
export function valueText(value: number | undefined, unit: Unit): string {
  if (value === undefined || !Number.isFinite(value)) return "not computed";
  if (unit === "share") return `${(100 * value).toFixed(1)} %`;
  const text = value.toFixed(digits[unit]);
  return unit === "ratio" ? `${text}×` : text;
}
