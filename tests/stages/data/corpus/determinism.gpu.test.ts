import { expect, it } from "vitest";
import { corpusDigest, smallCorpus } from "./corpus-digest";
import { smallCorpusDigest } from "./expected-digest";

it("writes the corpus of a seed the same in Chromium as in Node", () => {
  expect(corpusDigest(smallCorpus)).toBe(smallCorpusDigest);
});
