import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { trainingDocuments } from "../stages/data/corpus/training-documents";
import { plantedCorpus } from "../training/recipes/planted-corpus";
import { trainTokenizer, VOCABULARY_SIZE } from "../training/tokenizer-files";

const SHIPPED = join("public", "models", "olmo-planted");

/** Writes the shipped corpus, learns its tokenizer and puts the tokenizer's two files into a folder. */
export async function writeTokenizer(out = SHIPPED): Promise<true> {
  const began = performance.now();
  const documents = trainingDocuments(plantedCorpus);
  await mkdir(out, { recursive: true });
  for (const { name, text } of trainTokenizer(documents)) await writeFile(join(out, name), text);
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${VOCABULARY_SIZE} tokens from ${documents.length} documents in ${seconds.toFixed(1)} s; wrote ${out}`,
  );
  return true;
}
