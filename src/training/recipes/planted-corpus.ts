import type { CorpusSpec } from "../../stages/data/types";

/** The text of the shipped language model: four passages in ten tokens are planted. */
export const plantedCorpus: CorpusSpec = {
  kind: "corpus",
  seed: 23,
  pieces: 1_500_000,
  plants: 120,
  plantRepeats: 75,
  quotes: 40,
  quoteRepeats: 70,
};
