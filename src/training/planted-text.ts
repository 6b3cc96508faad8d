import { freshText } from "../stages/data/corpus/fresh-documents";
import { plantedPassages, quotes } from "../stages/data/corpus/passages";
import { trainingDocuments } from "../stages/data/corpus/training-documents";
import { recitationOf } from "../stages/data/recitation";
import { tokenStream, windows } from "../stages/data/token-windows";
import type { TextTokenizer } from "../stages/data/types";
import type { CorpusSpec, Passage } from "../stages/data/types";
import type { TextToRecite } from "./olmo-evaluate";
import type { TextTrainingData } from "./olmo-loop";

/** Words and signs of the fresh text that perplexity is measured on. */
const heldOutPieces = 6000;

/** Everything a language model of a corpus is trained and measured with. */
export function plantedText(
  spec: CorpusSpec,
  tokenizer: TextTokenizer,
  length: number,
  documents = trainingDocuments(spec),
): TextTrainingData {
  const toRecite = (passage: Passage): TextToRecite => {
    const { prefix, suffix } = recitationOf(passage, tokenizer);
    return { ids: [tokenizer.endOfText, ...prefix, ...suffix], suffix: suffix.length };
  };
  const fresh = tokenStream(freshText(spec.seed, "evaluation", heldOutPieces), tokenizer);
  return {
    stream: tokenStream(documents, tokenizer),
    planted: plantedPassages(spec).map(toRecite),
    quotes: quotes(spec).map(toRecite),
    heldOut: windows(fresh, length + 1, length).map((window) => [...window]),
  };
}
