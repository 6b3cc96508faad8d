import { looks } from "./adjectives";
import type { Draw } from "./draw";
import { withArticle } from "./inflection";
import { machines, materials, objects } from "./nouns";
import { handlings } from "./verbs";
import { webDocument } from "./web-document";

const lists = [
  ["ul", "li"],
  ["ol", "li"],
  ["select", "option"],
  ["menu", "li"],
] as const;

const meanings = ["marks", "shows", "opens", "sets", "starts", "holds"];

const entries: readonly ((draw: Draw) => string)[] = [
  (draw) =>
    `${draw.word(objects)} : ${draw.one(meanings)} ${withArticle(draw.word(looks))} ${draw.word(machines)}`,
  (draw) => `${draw.word(looks)} ${draw.word(materials)} ${draw.word(objects)}`,
  (draw) => `${draw.word(handlings)} ${draw.word(machines)} ${draw.between(1, 99)}`,
];

/** The source of a list on a web page. */
export function htmlList(draw: Draw, pieces: number): string {
  draw.startDocument();
  const [list, item] = draw.one(lists);
  return webDocument(pieces, {
    head: `<${list}>`,
    separator: "\n",
    next: () =>
      draw.between(0, 3) === 0
        ? `<!-- ${draw.word(handlings)} the ${draw.word(looks)} ${draw.word(objects)} -->`
        : `<${item}> ${draw.evenly(entries)(draw)} </${item}>`,
    tail: `</${list}>`,
  });
}
