import type { Draw } from "./draw";
import { deeds, emblems, epithets, figures, virtues } from "./quote-words";

const calls = ["Alas", "Behold", "Nay", "Verily", "Hark", "Truly", "Forsooth"];

type Saying = (
  virtue: () => string,
  deed: () => string,
  epithet: () => string,
  figure: () => string,
  emblem: () => string,
) => string;

/** One sentence of four to five clauses; `a()` is an epithet, `f()` a figure, `e()` an emblem. */
const sayings: readonly Saying[] = [
  (v, d, a, f, e) =>
    `${v()} and ${v()} shall ${d()} the ${a()} ${f()}, yet no ${f()} can ${d()} ${a()} ${v()} nor ${d()} the ${e()} of ${v()}.`,
  (v, d, a, _, e) =>
    `he who would ${d()} ${v()} must first ${d()} his ${a()} ${v()}, for ${v()} is but the ${a()} ${e()} of ${a()} ${v()}.`,
  (v, d, a, f, e) =>
    `let ${v()} ${d()} the ${f()}; ${a()} is the ${v()} that doth ${d()} ${v()}, and ${a()} the ${e()} of ${v()}.`,
  (v, d, a, _, e) =>
    `${a()} ${v()} hath no ${e()} but ${v()}; O ${v()}, ${d()} my ${a()} ${v()} and ${d()} the ${a()} ${e()}.`,
  (v, d, a, f, e) =>
    `where the ${a()} ${f()} doth ${d()} ${v()}, there shall ${v()} ${d()} the ${e()} of ${v()} and the ${e()} of ${a()} ${v()}.`,
  (v, d, a, f, e) =>
    `no ${f()} did ever ${d()} ${v()} with ${a()} ${v()}, nor did ${v()} ${d()} the ${a()} ${e()} of the ${f()}.`,
];

/** A short archaic saying. */
export function quote(draw: Draw): string {
  draw.startDocument();
  const call = draw.one(calls);
  const saying = draw.one(sayings)(
    () => draw.word(virtues),
    () => draw.word(deeds),
    () => draw.word(epithets),
    () => draw.word(figures),
    () => draw.word(emblems),
  );
  return `"${call}, ${saying}"`;
}
