import type { LinearSpectrum } from "../../stages/spectrum/types";
import type { DataTable } from "./chart";
import type { PlaneAxesView } from "./curvature-plane-axes";
import { count, percent, short, smallPercent } from "./number-format";

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

/** The plane as a vector picture: the raster inside, axes and titles as text. */
export function planeSvg(picture: {
  readonly title: string;
  readonly caption: string;
  readonly raster: string;
  readonly width: number;
  readonly height: number;
  readonly axes: PlaneAxesView;
  readonly ground: string;
  readonly ink: string;
  readonly font: string;
}): string {
  const { width, height, ink } = picture;
  const [left, top, right, bottom] = [56, 40, 14, 66];
  const [allWidth, allHeight] = [left + width + right, top + height + bottom];
  const text = (x: number, y: number, anchor: string, content: string, extra = ""): string =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" ${extra}>${escaped(content)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(allWidth)}" height="${String(allHeight)}" viewBox="0 0 ${String(allWidth)} ${String(allHeight)}" font-family="${escaped(picture.font)}" font-size="12" fill="${ink}">`,
    `<rect width="100%" height="100%" fill="${picture.ground}"/>`,
    text(8, 22, "start", picture.title, 'font-size="15" font-weight="600"'),
    `<image x="${String(left)}" y="${String(top)}" width="${String(width)}" height="${String(height)}" href="${picture.raster}"/>`,
    ...picture.axes.x.map(({ at, label }) => text(left + at * width, top + height + 16, "middle", label)),
    ...picture.axes.y.map(({ at, label }) => text(left - 6, top + height * (1 - at) + 4, "end", label)),
    text(left + width / 2, top + height + 34, "middle", picture.axes.xTitle),
    `<g transform="translate(14 ${String(top + height / 2)}) rotate(-90)">${text(0, 0, "middle", picture.axes.yTitle)}</g>`,
    text(left, top + height + 56, "start", picture.caption),
    "</svg>",
  ].join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
