import type { Draw } from "./draw";
import { firstNames, surnames } from "./names";
import { rooms, trades } from "./nouns";
import { days } from "./times";
import { webDocument } from "./web-document";

const titles = ["Staff list.", "Contacts.", "Members.", "Directory."];

/** Who works where, with telephone numbers: one person a line. */
export function contactCards(draw: Draw, pieces: number): string {
  draw.startDocument();
  return webDocument(pieces, {
    head: draw.one(titles),
    separator: "\n",
    next: () =>
      `- ${draw.word(firstNames)} ${draw.word(surnames)}, ${draw.word(trades)}, ${draw.one(rooms)} ${draw.between(1, 99)}, phone ${draw.between(100, 999)} ${draw.between(10, 99)}, ${draw.one(days)}`,
  });
}
