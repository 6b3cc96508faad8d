import type { LinearSpectrum } from "../../stages/spectrum/types";
import type { DataTable } from "./chart";
import type { PlaneAxesView } from "./curvature-plane-axes";
import { count, percent, short, smallPercent } from "./number-format";
import type { PlotTheme } from "./plot-theme";
import { escaped } from "./titled-svg";

/** By rank: both eigenvalues, and how many pairs of each λ are kept. */
export function planeTable({ lambda, mu }: LinearSpectrum, keep: Uint32Array): DataTable {
  return {
    columns: ["rank", "λ of A", "kept pairs of this λ", "μ of G"],
    rows: Array.from({ length: Math.max(lambda.length, mu.length) }, (_, k) => [
      k + 1,
      lambda[k] ?? null,
      keep[k] ?? null,
      mu[k] ?? null,
    ]),
  };
}

export function planeSummary({ lambda, mu }: LinearSpectrum, energy: number, pairs: number): string {
  const all = lambda.length * mu.length;
  const largest = (lambda[0] ?? 0) * (mu[0] ?? 0);
  return `Plane of the ${count(all)} curvature products λμ, the largest ${short(largest)}. ${percent(energy)} of their sum lies in ${count(pairs)} pairs, ${smallPercent(pairs / all)} of all: these are kept.`;
}

/** What is under the pointer. */
export function pairText({ lambda, mu }: LinearSpectrum, keep: Uint32Array, i: number, j: number): string {
  const [first, second] = [lambda[i] ?? 0, mu[j] ?? 0];
  const state = j < (keep[i] ?? 0) ? "kept" : "cut";
  return `λ${subscript(i + 1)} = ${short(first)}, μ${subscript(j + 1)} = ${short(second)}, λμ = ${short(first * second)}: ${state}`;
}

function subscript(integer: number): string {
  return String(integer).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉".charAt(Number(digit)));
}

/** `75.0 % of the energy in 3.2 % of the pairs`. */
export function keptText(energy: number, pairShare: number): string {
  return `${percent(energy)} of the energy in ${smallPercent(pairShare)} of the pairs`;
}

/** The plane as a vector picture: the raster inside, axes and caption as text. */
export function planePicture(
  raster: string,
  { width, height }: { readonly width: number; readonly height: number },
  axes: PlaneAxesView,
  caption: string,
  { colour, font }: PlotTheme,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const [left, top, right, bottom] = [60, 6, 28, 66];
  const text = (x: number, y: number, anchor: string, content: string): string =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(content)}</text>`;
  const svg = [
    `<g font-family="${escaped(font)}" font-size="12" fill="${colour.text}">`,
    `<image x="${left}" y="${top}" width="${width}" height="${height}" href="${raster}"/>`,
    ...axes.x.map(({ at, label }) => text(left + at * width, top + height + 16, "middle", label)),
    ...axes.y.map(({ at, label }) => text(left - 6, top + height * (1 - at) + 4, "end", label)),
    text(left + width / 2, top + height + 34, "middle", axes.xTitle),
    `<g transform="translate(14 ${top + height / 2}) rotate(-90)">${text(0, 0, "middle", axes.yTitle)}</g>`,
    text(left, top + height + 56, "start", caption),
    "</g>",
  ].join("");
  return { svg, width: left + width + right, height: top + height + bottom };
}
