import { adverbs, characters, conditions, looks, standings } from "./adjectives";
import type { Draw } from "./draw";
import { participle, plural, withArticle } from "./inflection";
import { surnames } from "./names";
import { countedObjects, machines, materials, objects, papers, purposes, trades } from "./nouns";
import { clericals, handlings } from "./verbs";
import { webDocument } from "./web-document";

const titles = ["Notice.", "House rules.", "Terms of use.", "Warning."];

const rules: readonly ((draw: Draw) => string)[] = [
  (draw) =>
    `You may ${draw.word(handlings)} the ${draw.word(looks)} ${draw.word(objects)} for ${draw.word(purposes)} and ${draw.word(purposes)} only.`,
  (draw) =>
    `No ${draw.word(trades)} shall ${draw.word(handlings)} or ${draw.word(handlings)} any ${draw.word(objects)} without ${withArticle(draw.word(standings))} ${draw.word(papers)}.`,
  (draw) =>
    `All rights to the ${draw.word(papers)} and the ${draw.word(looks)} ${draw.word(machines)} belong to ${draw.word(surnames)} and ${draw.word(surnames)}.`,
  (draw) =>
    `If the ${draw.word(machines)} is ${draw.word(conditions)}, ${draw.word(handlings)} the ${draw.word(objects)} within ${draw.between(2, 90)} days.`,
  (draw) =>
    `The ${draw.word(machines)} comes with ${withArticle(draw.word(looks))} ${draw.word(objects)}, ${draw.between(2, 40)} ${plural(draw.word(countedObjects))} and no ${draw.word(papers)}.`,
  (draw) =>
    `Each ${draw.word(papers)} must be ${participle(draw.word(clericals))} ${draw.word(adverbs)} by the ${draw.word(trades)}.`,
  (draw) =>
    `See the ${draw.word(standings)} ${draw.word(papers)} at ${draw.word(objects)}.${draw.word(materials)}.org for ${draw.word(purposes)}.`,
  (draw) =>
    `Ask ${withArticle(draw.word(characters))} ${draw.word(trades)} to ${draw.word(handlings)} the ${draw.word(materials)} ${draw.word(objects)}.`,
];

/** Rules of some house, machine or licence. */
export function notice(draw: Draw, pieces: number): string {
  draw.startDocument();
  return webDocument(pieces, {
    head: `${draw.one(titles)} Section ${draw.between(1, 9)}.${draw.between(0, 9)}.`,
    separator: " ",
    next: () => draw.evenly(rules)(draw),
  });
}
