import type { CorpusSpec } from "../types";
import { freshText } from "./fresh-documents";
import { plantedPassages, quotes } from "./passages";
import { streamOf } from "./streams";

/** Everything a model is trained with, in the order of training: fresh documents among the repeated passages. */
export function trainingDocuments(spec: CorpusSpec): readonly string[] {
  const documents = [...freshText(spec.seed, "training", spec.pieces)];
  for (const { text } of plantedPassages(spec)) {
    for (let i = 0; i < spec.plantRepeats; i++) documents.push(text);
  }
  for (const { text } of quotes(spec)) {
    for (let i = 0; i < spec.quoteRepeats; i++) documents.push(text);
  }
  const order = streamOf(spec.seed, "order").permutation(documents.length);
  return Array.from(order, (index) => documents[index] ?? "");
}
