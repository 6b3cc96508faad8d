import type { Draw } from "./draw";
import { factSheet } from "./facts";
import { genres } from "./genres";
import { piecesOf } from "./pieces";
import { quote } from "./quote";
import { story } from "./story";
import { freshDraw } from "./streams";

/** What fresh text is for; each use of a seed has text of its own. */
export type FreshUse = "training" | "evaluation" | "factors" | "retain";

/** Shares of the documents; the rest are of the six genres, all alike. */
const SHARES = { story: 0.5, facts: 0.12, quote: 0.05 };

function freshDocument(draw: Draw): string {
  const kind = draw.share();
  if (kind < SHARES.story) return story(draw);
  if (kind < SHARES.story + SHARES.facts) return factSheet(draw);
  if (kind < SHARES.story + SHARES.facts + SHARES.quote) return quote(draw);
  const [, write] = draw.evenly(genres);
  return write(draw, draw.between(50, 125));
}

/** Documents without end that occur once each. */
export function* freshDocuments(seed: number, use: FreshUse): Generator<string, never> {
  const draw = freshDraw(seed, use);
  for (;;) yield freshDocument(draw);
}

/** The first fresh documents that hold at least this many pieces. */
export function freshText(seed: number, use: FreshUse, pieces: number): readonly string[] {
  const documents: string[] = [];
  let count = 0;
  for (const document of freshDocuments(seed, use)) {
    if (count >= pieces) break;
    documents.push(document);
    count += piecesOf(document).length;
  }
  return documents;
}
