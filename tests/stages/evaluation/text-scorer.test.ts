import { expect, it } from "vitest";
import { createNodeBackend } from "../../../src/runtime/node";
import { ndcgAt10 } from "../../../src/stages/evaluation/ndcg";
import { perplexity } from "../../../src/stages/evaluation/perplexity";
import { endIsRight, TextScorer, type TextScores } from "../../../src/stages/evaluation/text-scorer";
import { tinyOlmo2 } from "../../support/tiny-olmo2";
import { modelOn, textScorerClaims, textsOf } from "./text-scorer-claims";

const backend = createNodeBackend();
const signal = new AbortController().signal;
textScorerClaims(() => Promise.resolve(backend));

it("one run gives nDCG@10 and perplexity", async () => {
  const model = modelOn(backend, tinyOlmo2);
  const scorer = await TextScorer.create(backend, model, textsOf([30, 30], tinyOlmo2.vocabulary), 10);
  const context = { signal, onProgress: () => undefined };
  const { logProbabilities, top } = await scorer.score(new Map(), context);
  expect(ndcgAt10({ unedited: top, edited: top })).toBeCloseTo(1, 12);
  // A random model bets wrongly on random tokens: worse than even odds.
  expect(perplexity(logProbabilities)).toBeGreaterThan(tinyOlmo2.vocabulary);
  await scorer.release();
});

it("a suffix is right only if all of its tokens are, whatever the texts beside it", () => {
  const scores: TextScores = {
    starts: Uint32Array.of(0, 3, 5),
    logProbabilities: new Float32Array(5),
    top: new Uint32Array(5),
    right: Uint8Array.of(0, 1, 1, 0, 1),
  };
  expect([1, 2, 3].map((tokens) => endIsRight(scores, 0, tokens))).toEqual([true, true, false]);
  expect([1, 2].map((tokens) => endIsRight(scores, 1, tokens))).toEqual([true, false]);
  for (const tokens of [0, 3, 1.5]) {
    expect(() => endIsRight(scores, 1, tokens)).toThrow(
      `expected 1 to 2 tokens of text 1, got ${String(tokens)}`,
    );
  }
});

it("refuses texts that the model cannot read", async () => {
  const model = modelOn(backend, tinyOlmo2);
  const refused = (text: number[], ranks = 10) =>
    expect(TextScorer.create(backend, model, [[1, 2], text], ranks)).rejects;
  await refused([1]).toThrow("expected texts of 2 to 65 tokens, got 1");
  await refused(new Array<number>(66).fill(1)).toThrow("expected texts of 2 to 65 tokens, got 66");
  await refused([1, 37]).toThrow("37 is no token of the 37 the model knows");
  await refused([1, 2], 38).toThrow("expected 1 to 37 ranks, got 38");
});

it("stops between two runs and can go on afterwards", async () => {
  const model = modelOn(backend, tinyOlmo2);
  const texts = textsOf(new Array<number>(60).fill(33), tinyOlmo2.vocabulary);
  const scorer = await TextScorer.create(backend, model, texts, 1);
  const controller = new AbortController();
  const onProgress = (): void => {
    controller.abort(new DOMException("enough", "AbortError"));
  };
  await expect(scorer.score(new Map(), { signal: controller.signal, onProgress })).rejects.toThrow("enough");
  const scores = await scorer.score(new Map(), { signal, onProgress: () => undefined });
  expect(scores.right.length).toBe(60 * 32);
  await scorer.release();
});
