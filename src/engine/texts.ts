import type { TextRecipe } from "../recipe/schema";
import { turn } from "../runtime/turn";
import { freshText } from "../stages/data/corpus/fresh-documents";
import { trainingDocuments } from "../stages/data/corpus/training-documents";
import { OwnTextError, textPieces } from "../stages/data/own-text";
import { windows } from "../stages/data/token-windows";
import type { Samples, TextTokenizer } from "../stages/data/types";
import type { StageContext } from "../stages/progress";
import { int64 } from "../tensor/host-tensor";
import { LabError } from "./failure";
import type { TextLoader } from "./own-texts";

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
    count: texts.length,
    input: (indices) => int64([indices.length * length, 1], tokens(indices, 0)),
    labels: (indices) => Int32Array.from(tokens(indices, 1)),
  };
}

/** The windows that factors are averaged over: as many as the recipe asks for, of an own text all if it has fewer. */
export async function factorSamples(
  recipe: TextRecipe,
  tokenizer: TextTokenizer,
  length: number,
  loadText: TextLoader,
  context: StageContext,
): Promise<Samples> {
  const { factors } = recipe;
  // Windows overlap in one token.
  const wanted = factors.windows * length + 1;
  if (factors.text === "own") {
    const text = await loadText(factors.ownText ?? "");
    const tokens = await ownTextTokens(text, tokenizer, wanted, context);
    return textSamples(ownTextWindows(tokens, length).slice(0, factors.windows), length);
  }
  // Lets messages in before the long work.
  await turn();
  context.signal.throwIfAborted();
  const documents = documentsOf(recipe, Math.ceil((wanted + factors.windows) * spare));
  const cut = windows(await documentTokens(documents, tokenizer, wanted, context), length + 1, length);
  if (cut.length < factors.windows) {
    throw new LabError(
      `The text has ${cut.length} windows of ${length} tokens, and the recipe asks for ${factors.windows}.`,
      "Ask for fewer windows, or for fresh text.",
    );
  }
  return textSamples(cut.slice(0, factors.windows), length);
}

function documentsOf({ data, factors }: TextRecipe, pieces: number): readonly string[] {
  return factors.text === "fresh" ? freshText(data.seed, "factors", pieces) : trainingDocuments(data);
}

/** Documents between two looks at what else is asked. */
const documentsPerTurn = 50;

/** The first `wanted` tokens of documents, each with the end of text before it; all if there are fewer. */
async function documentTokens(
  documents: readonly string[],
  tokenizer: TextTokenizer,
  wanted: number,
  { signal, onProgress }: StageContext,
): Promise<Int32Array<ArrayBuffer>> {
  const tokens: number[] = [];
  for (const [i, document] of documents.entries()) {
    if (tokens.length >= wanted) break;
    tokens.push(tokenizer.endOfText);
    for (const id of tokenizer.encode(document)) tokens.push(id);
    if (i % documentsPerTurn === 0) {
      onProgress(Math.min(tokens.length, wanted), wanted, "tokens of text");
      await turn();
      signal.throwIfAborted();
    }
  }
  return Int32Array.from(tokens.length > wanted ? tokens.slice(0, wanted) : tokens);
}

/** Tokens of an own text with the end of text before it; no more than `wanted`. */
export async function ownTextTokens(
  text: string,
  tokenizer: TextTokenizer,
  wanted: number,
  { signal, onProgress }: StageContext,
): Promise<Int32Array<ArrayBuffer>> {
  const tokens = [tokenizer.endOfText];
  let read = 0;
  for (const piece of textPieces(text)) {
    if (tokens.length >= wanted) break;
    for (const id of tokenizer.encode(piece)) tokens.push(checkedToken(id, piece, tokenizer));
    read += piece.length;
    onProgress(read, text.length, "characters");
    await turn();
    signal.throwIfAborted();
  }
  return Int32Array.from(tokens.length > wanted ? tokens.slice(0, wanted) : tokens);
}

/** Tokenizers whose vocabulary lacks some bytes have no number for what is written with them. */
function checkedToken(id: number | undefined, piece: string, tokenizer: TextTokenizer): number {
  if (id !== undefined && id >= 0 && id < tokenizer.size) return id;
  throw new OwnTextError(
    "unknown-tokens",
    `The model's tokenizer has no token for something in “${piece.trim().slice(0, 24)}…”.`,
    "Give a text in a language that the model reads.",
  );
}

/**
 * The windows of an own text.
 * @throws OwnTextError if it has not one.
 */
export function ownTextWindows(
  tokens: Int32Array<ArrayBuffer>,
  length: number,
): readonly Int32Array<ArrayBuffer>[] {
  const cut = windows(tokens, length + 1, length);
  if (cut.length > 0) return cut;
  throw new OwnTextError(
    "too-short",
    `The text has ${tokens.length - 1} tokens; the model reads it in windows of ${length}.`,
    `Give a longer text: about ${Math.ceil(length / Math.max(1, tokens.length - 1))} times as long at the least.`,
  );
}
