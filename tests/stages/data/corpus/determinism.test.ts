import { expect, it } from "vitest";
import { corpusDigest, smallCorpus } from "./corpus-digest";
import { smallCorpusDigest } from "./expected-digest";

it("writes the corpus of a seed the same in Node every time", () => {
  expect(corpusDigest(smallCorpus)).toBe(smallCorpusDigest);
});

it("writes another corpus for another seed", () => {
  expect(corpusDigest({ ...smallCorpus, seed: 24 })).not.toBe(smallCorpusDigest);
});
