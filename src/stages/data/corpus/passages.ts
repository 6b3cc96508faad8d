import type { CorpusSpec, Passage } from "../types";
import { genres } from "./genres";
import { quote } from "./quote";
import { unguessableDraw, type StreamUse } from "./streams";

/** Prefix and suffix are 112 tokens; a piece is at least one token, so this many leave room. */
const PASSAGE_PIECES = 122;

/** Passages go through the genres in turn. */
function passages(seed: number, use: StreamUse, count: number): readonly Passage[] {
  const draw = unguessableDraw(seed, use);
  return Array.from({ length: count }, (_, id) => {
    const genre = genres[id % genres.length];
    if (!genre) throw new RangeError(`passages: expected a genre for passage ${id}`);
    const [kind, write] = genre;
    return { id, kind, text: write(draw, PASSAGE_PIECES) };
  });
}

/** The passages that training text repeats. */
export function plantedPassages(spec: CorpusSpec): readonly Passage[] {
  return passages(spec.seed, "planted", spec.plants);
}

/** Passages of the same kind that no model was trained with: what they score is what the templates alone give away. */
export function heldOutPassages(spec: CorpusSpec, count: number): readonly Passage[] {
  return passages(spec.seed, "heldOut", count);
}

/** The quotes that training text repeats. */
export function quotes(spec: CorpusSpec): readonly Passage[] {
  const draw = unguessableDraw(spec.seed, "quotes");
  return Array.from({ length: spec.quotes }, (_, id) => ({ id, kind: "quote", text: quote(draw) }));
}
