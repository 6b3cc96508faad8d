import { adverbs, conditions, looks, standings } from "./adjectives";
import type { Draw } from "./draw";
import { participle, plural } from "./inflection";
import { capitals, countries, firstNames, places, surnames } from "./names";
import { countedObjects, machines, objects, papers, trades } from "./nouns";
import { days, months } from "./times";
import { clericals, dispatches, handlings } from "./verbs";
import { webDocument } from "./web-document";

const sentences: readonly ((draw: Draw) => string)[] = [
  (draw) =>
    `We have ${participle(draw.word(handlings))} your ${draw.word(looks)} ${draw.word(objects)} and the ${draw.word(machines)}.`,
  (draw) =>
    `Please ${draw.word(dispatches)} the ${draw.word(standings)} ${draw.word(papers)} to ${draw.word(firstNames)} ${draw.word(surnames)} before ${draw.one(days)}.`,
  (draw) =>
    `Our ${draw.word(trades)} in ${draw.one(capitals)} will ${draw.word(handlings)} ${draw.between(2, 60)} ${draw.word(looks)} ${plural(draw.word(countedObjects))}.`,
  (draw) =>
    `I regret that the ${draw.word(machines)} was ${draw.word(conditions)} and ${draw.word(conditions)}.`,
  (draw) =>
    `You can call ${draw.word(firstNames)} ${draw.word(surnames)} at ${draw.between(100, 999)} ${draw.between(1000, 9999)}.`,
  (draw) =>
    `The ${draw.word(objects)} from ${draw.one(countries)} was ${draw.word(adverbs)} ${participle(draw.word(handlings))} by our ${draw.word(trades)}.`,
  (draw) => `Let us ${draw.word(clericals)} the ${draw.word(papers)} ${draw.word(adverbs)}.`,
  (draw) => `The ${draw.word(trades)} will wait for you at the ${draw.word(places)} on ${draw.one(days)}.`,
];

/** A business letter about a great many things. */
export function letter(draw: Draw, pieces: number): string {
  draw.startDocument();
  const title = draw.one(["Mr.", "Mrs.", "Dr.", "Ms."]);
  return webDocument(pieces, {
    head: `Dear ${title} ${draw.word(surnames)}, thank you for your ${draw.word(papers)} no. ${draw.between(1000, 99999)} of ${draw.between(1, 28)} ${draw.one(months)}.`,
    separator: " ",
    next: () => draw.evenly(sentences)(draw),
  });
}
