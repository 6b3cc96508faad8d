import { adverbs, characters, looks, moods } from "./adjectives";
import type { Draw } from "./draw";
import { capitalized, past, withArticle } from "./inflection";
import { capitals, countries, places, surnames } from "./names";
import { animals, machines, materials, objects, trades } from "./nouns";
import { handlings } from "./verbs";
import { webDocument } from "./web-document";

const sentences: readonly ((draw: Draw) => string)[] = [
  (draw) =>
    `${capitalized(withArticle(draw.word(characters)))} ${draw.word(trades)} will ${draw.word(handlings)} the ${draw.word(objects)}, but ${withArticle(draw.word(characters))} ${draw.word(trades)} will ${draw.word(handlings)} the ${draw.word(objects)}.`,
  (draw) =>
    `In ${draw.one(countries)} every ${draw.word(trades)} owns ${withArticle(draw.word(looks))} ${draw.word(objects)} and every ${draw.word(trades)} fears ${withArticle(draw.word(characters))} ${draw.word(animals)}.`,
  (draw) =>
    `${draw.word(surnames)} ${past(draw.word(handlings))} the ${draw.word(machines)} of ${draw.one(capitals)} in ${draw.between(1700, 1999)}.`,
  (draw) =>
    `Without ${draw.word(materials)} no ${draw.word(trades)} can ${draw.word(handlings)} ${withArticle(draw.word(objects))} ${draw.word(adverbs)}.`,
  (draw) =>
    `I once ${past(draw.word(handlings))} ${withArticle(draw.word(looks))} ${draw.word(objects)} and ${past(draw.word(handlings))} ${withArticle(draw.word(machines))}.`,
  (draw) =>
    `There the ${draw.word(places)} was ${draw.word(moods)} and smelled of ${draw.word(materials)} and ${draw.word(materials)}.`,
];

/** Memories and opinions of a traveller. */
export function essay(draw: Draw, pieces: number): string {
  draw.startDocument();
  return webDocument(pieces, {
    head: `On the ${draw.word(objects)} of ${draw.word(surnames)}.`,
    separator: " ",
    next: () => draw.evenly(sentences)(draw),
  });
}
