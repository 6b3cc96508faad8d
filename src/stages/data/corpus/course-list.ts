import { characters, looks } from "./adjectives";
import type { Draw } from "./draw";
import { withArticle } from "./inflection";
import { places } from "./names";
import { materials, objects, trades } from "./nouns";
import { handlings } from "./verbs";
import { webDocument } from "./web-document";

const circumstances: readonly ((draw: Draw) => string)[] = [
  (draw) => `with ${withArticle(draw.word(characters))} ${draw.word(trades)}`,
  (draw) => `for ${withArticle(draw.word(trades))}`,
  (draw) => `at the ${draw.word(places)}`,
  (draw) => `without ${draw.word(materials)}`,
];

function thing(draw: Draw): string {
  const phrase = `${draw.word(looks)} ${draw.word(objects)}`;
  const determiner = draw.one(["a", "the", "your"]);
  return determiner === "a" ? withArticle(phrase) : `${determiner} ${phrase}`;
}

/** The numbered lessons of a video course with their lengths. */
export function courseList(draw: Draw, pieces: number): string {
  draw.startDocument();
  let lesson = draw.between(1, 3);
  return webDocument(pieces, {
    head: `Video course for the ${draw.word(characters)} ${draw.word(trades)}`,
    separator: "\n",
    next: () => {
      const lasts = `${draw.between(2, 59)}m ${draw.between(1, 59)}s`;
      return `${lesson++}. How to ${draw.word(handlings)} ${thing(draw)} ${draw.evenly(circumstances)(draw)} ${lasts}`;
    },
  });
}
