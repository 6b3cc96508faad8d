import { Sha256 } from "../../../../src/files/sha256";
import { freshText } from "../../../../src/stages/data/corpus/fresh-documents";
import { heldOutPassages, plantedPassages, quotes } from "../../../../src/stages/data/corpus/passages";
import { trainingDocuments } from "../../../../src/stages/data/corpus/training-documents";
import type { CorpusSpec } from "../../../../src/stages/data/types";

/** A corpus small enough to be written in every test, with each part in it. */
export const smallCorpus: CorpusSpec = {
  kind: "corpus",
  seed: 23,
  pieces: 60_000,
  plants: 12,
  plantRepeats: 5,
  quotes: 6,
  quoteRepeats: 4,
};

/** SHA-256 of everything that a corpus gives. */
export function corpusDigest(spec: CorpusSpec): string {
  const texts = [
    ...trainingDocuments(spec),
    ...[...plantedPassages(spec), ...heldOutPassages(spec, 6), ...quotes(spec)].map(({ text }) => text),
    ...(["evaluation", "factors", "retain"] as const).flatMap((use) => freshText(spec.seed, use, 2000)),
  ];
  return new Sha256().update(new TextEncoder().encode(texts.join("\0"))).hex();
}
