/** Numbers as people read them; exports keep all digits. */
const MINUS = "\u2212";

/** A share 0..1 as a percentage with `digits` decimals: `75.0 %`; a share of nothing is `none`. */
export function percent(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return "none";
  return `${(100 * share).toFixed(digits)} %`;
}

/** A share that may be tiny: one decimal, two below 1 %, and never 0 for something: `< 0.01 %`. */
export function smallPercent(share: number): string {
  if (share > 0 && share < 1e-4) return "< 0.01 %";
  return percent(share, share < 0.01 ? 2 : 1);
}

/** Three significant digits; powers of ten outside 0.001..99,999: `0.042`, `1.31`, `3.2×10⁻⁷`. */
export function short(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return "none";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(3))).replace("-", MINUS);
  const [mantissa = "", exponent = ""] = value.toExponential(1).split("e");
  return `${mantissa.replace("-", MINUS)}×10${superscript(Number(exponent))}`;
}

/** An integer raised: `⁻⁷`. */
export function superscript(integer: number): string {
  return String(integer).replace(/[-\d]/g, (character) =>
    character === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(character)),
  );
}

/** `12,288`, whatever the locale of the page. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}
