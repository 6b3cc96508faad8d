import type { TextRecipe } from "../recipe/schema";
import { freshText } from "../stages/data/corpus/fresh-documents";
import { trainingDocuments } from "../stages/data/corpus/training-documents";
import { tokenStream, windows } from "../stages/data/token-windows";
import type { TextTokenizer } from "../stages/data/types";
import type { Samples } from "../stages/data/types";
import type { StageContext } from "../stages/progress";
import { int64 } from "../tensor/host-tensor";
import { LabError } from "./failure";

/** Tokens of a window, of which the last is only predicted: as the shipped model was trained. */
export const WINDOW_POSITIONS = 160;
/** Words and signs make at least one token each. */
const spare = 1.05;

/** Texts of one length and more; every position but the last of the text has a next token as its label. */
export function textSamples(texts: readonly ArrayLike<number>[], length: number): Samples {
  const tokens = (indices: readonly number[], shift: 0 | 1): number[] =>
    indices.flatMap((index) => Array.from({ length }, (_, t) => texts[index]?.[t + shift] ?? 0));
  return {
    unit: "windows",
    input: (indices) => int64([indices.length * length, 1], tokens(indices, 0)),
    labels: (indices) => Int32Array.from(tokens(indices, 1)),
  };
}

/** The windows that factors are averaged over. */
export async function factorSamples(
  { data, factors }: TextRecipe,
  tokenizer: TextTokenizer,
  length: number,
  { signal, onProgress }: StageContext,
): Promise<Samples> {
  if (factors.text === "own") {
    throw new LabError(
      "This link asks for factors of a text of your own, which is not here.",
      "Give the text again, or choose fresh text.",
    );
  }
  const wanted = factors.windows * (length + 1);
  const documents =
    factors.text === "fresh"
      ? freshText(data.seed, "factors", Math.ceil(wanted * spare))
      : trainingDocuments(data);
  // Lets messages in before the long work.
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
  const stream = tokenStream(documents, tokenizer, (done, total) => {
    onProgress(done, total, "documents");
  });
  const cut = windows(stream, length + 1, length);
  if (cut.length < factors.windows) {
    throw new LabError(
      `The text has ${cut.length} windows of ${length} tokens, and the recipe asks for ${factors.windows}.`,
      "Ask for fewer windows, or for fresh text.",
    );
  }
  return textSamples(cut, length);
}
