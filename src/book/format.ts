import type { Unit } from "./card";

const digits: Readonly<Record<Exclude<Unit, "share">, number>> = {
  ratio: 2,
  distance: 2,
  ndcg: 3,
  perplexity: 2,
  count: 0,
};

/** A number of the book with its unit: `75.0 %`, `3.50×`, `0.72`; `more` decimals than usual. */
export function valueText(value: number | undefined, unit: Unit, more = 0): string {
  if (value === undefined || !Number.isFinite(value)) return "not computed";
  if (unit === "share") return `${(100 * value).toFixed(1 + more)}\u00a0%`;
  const text = value.toFixed(digits[unit] + more);
  return unit === "ratio" ? `${text}×` : text;
}

/** A difference of two numbers with its unit; of shares in percentage points. */
export function differenceText(value: number, unit: Unit): string {
  return unit === "share" ? `${(100 * value).toFixed(1)}\u00a0points` : valueText(value, unit);
}

/** Two numbers that differ, with as many decimals as it takes to see it. */
export function distinctTexts(left: number, right: number, unit: Unit): readonly [string, string] {
  for (let more = 0; more < 4; more++) {
    const [first, second] = [valueText(left, unit, more), valueText(right, unit, more)];
    if (first !== second || left === right) return [first, second];
  }
  return [String(left), String(right)];
}
