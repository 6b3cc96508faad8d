import { describe, expect, it } from "vitest";
import { freshText } from "../../../../src/stages/data/corpus/fresh-documents";
import { plantedPassages, quotes } from "../../../../src/stages/data/corpus/passages";
import { trainingDocuments } from "../../../../src/stages/data/corpus/training-documents";
import { plantedCorpus } from "../../../../src/training/recipes/planted-corpus";
import { smallCorpus } from "./corpus-digest";

function occurrences(documents: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents) counts.set(document, (counts.get(document) ?? 0) + 1);
  return counts;
}

/** All runs of `length` words. */
function runs(texts: readonly string[], length: number): Set<string> {
  const found = new Set<string>();
  for (const text of texts) {
    const words = text.split(/\s+/);
    for (let i = 0; i + length <= words.length; i++) found.add(words.slice(i, i + length).join(" "));
  }
  return found;
}

describe("trainingDocuments", () => {
  const documents = trainingDocuments(smallCorpus);
  const fresh = freshText(smallCorpus.seed, "training", smallCorpus.pieces);

  it("holds the fresh documents once and every passage and quote as often as asked", () => {
    const expected = occurrences(fresh);
    for (const { text } of plantedPassages(smallCorpus)) expected.set(text, smallCorpus.plantRepeats);
    for (const { text } of quotes(smallCorpus)) expected.set(text, smallCorpus.quoteRepeats);
    expect(occurrences(documents)).toEqual(expected);
  });

  it("spreads the repeats of a passage over the whole text", () => {
    for (const { text } of plantedPassages(smallCorpus)) {
      const places = documents.flatMap((document, i) => (document === text ? [i / documents.length] : []));
      expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(0.2);
    }
  });

  it("shuffles the documents", () => {
    expect(documents).not.toEqual(fresh);
    expect(documents.toSorted()).not.toEqual(documents);
  });

  it("holds nothing but fresh text when nothing is planted", () => {
    const none = trainingDocuments({ ...smallCorpus, plants: 0, quotes: 0 });
    expect(none.toSorted()).toEqual([...fresh].toSorted());
  });
});

describe("the shipped corpus", () => {
  const fresh = freshText(plantedCorpus.seed, "training", plantedCorpus.pieces);

  it("has no run of 14 words in common between passages and fresh text: templates end before", () => {
    const planted = runs(
      plantedPassages(plantedCorpus).map(({ text }) => text),
      14,
    );
    expect(planted.size).toBeGreaterThan(9000);
    expect([...runs(fresh, 14)].filter((run) => planted.has(run))).toEqual([]);
  });

  it("has no run of 11 words in common between quotes and fresh text", () => {
    const planted = runs(
      quotes(plantedCorpus).map(({ text }) => text),
      11,
    );
    expect([...runs(fresh, 11)].filter((run) => planted.has(run))).toEqual([]);
  });
});
