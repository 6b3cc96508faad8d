import { describe, expect, it } from "vitest";
import { ndcgAt10, topOneAgreement } from "../../../src/stages/evaluation/ndcg";
import { RandomStream } from "../../../src/tensor/random";

/** By the definition, over the whole vocabulary: relevance of every token, ordered by the edited logits. */
function byDefinition(unedited: readonly number[], edited: readonly number[]): number {
  const ranking = (logits: readonly number[]): number[] =>
    logits.map((_, id) => id).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const relevance = new Map(ranking(unedited).map((id, at) => [id, Math.max(0, 10 - at)]));
  const gain = (order: readonly number[]): number =>
    order.slice(0, 10).reduce((sum, id, at) => sum + (relevance.get(id)! * Math.LN2) / Math.log(at + 2), 0);
  return gain(ranking(edited)) / gain(ranking(unedited));
}

/** By sorting. */
function top(logits: readonly number[]): number[] {
  return logits
    .map((logit, id) => ({ logit, id }))
    .sort((a, b) => b.logit - a.logit || a.id - b.id)
    .slice(0, 10)
    .map(({ id }) => id);
}

const one = Uint32Array.from({ length: 10 }, (_, i) => 100 + i);

describe("nDCG@10", () => {
  it("of the unedited order is 1", () => {
    expect(ndcgAt10({ unedited: one, edited: one })).toBeCloseTo(1, 14);
    const two = Uint32Array.of(...one, ...one.toReversed());
    expect(ndcgAt10({ unedited: two, edited: two })).toBeCloseTo(1, 14);
  });

  it("of other tokens is 0", () => {
    expect(ndcgAt10({ unedited: one, edited: one.map((id) => id + 50) })).toBe(0);
  });

  it("of the first token alone is a third of the mass: 10 of 29.97", () => {
    const edited = one.map((id, at) => (at === 0 ? id : id + 50));
    expect(ndcgAt10({ unedited: one, edited })).toBeCloseTo(10 / 29.97, 4);
    // The first token in the last place counts 10 / log₂ 11.
    const last = one.map((_, at) => (at === 9 ? 100 : 200 + at));
    expect(ndcgAt10({ unedited: one, edited: last })).toBeCloseTo(10 / Math.log2(11) / 29.97, 4);
  });

  it("is the mean over positions", () => {
    const unedited = Uint32Array.of(...one, ...one);
    const edited = Uint32Array.of(...one, ...one.map((id) => id + 50));
    expect(ndcgAt10({ unedited, edited })).toBeCloseTo(0.5, 14);
  });

  it("is that of the definition for random logits", () => {
    const random = new RandomStream(2);
    const positions = Array.from({ length: 200 }, () => {
      const unedited = Array.from({ length: 30 }, () => random.normal());
      return { unedited, edited: unedited.map((logit) => logit + 0.7 * random.normal()) };
    });
    const mean =
      positions.reduce((sum, { unedited, edited }) => sum + byDefinition(unedited, edited), 0) / 200;
    const tops = {
      unedited: Uint32Array.from(positions.flatMap(({ unedited }) => top(unedited))),
      edited: Uint32Array.from(positions.flatMap(({ edited }) => top(edited))),
    };
    expect(ndcgAt10(tops)).toBeCloseTo(mean, 12);
    expect(mean).toBeGreaterThan(0.3);
    expect(mean).toBeLessThan(0.9);
    const sameFirst = positions.filter(
      ({ unedited, edited }) =>
        unedited.indexOf(Math.max(...unedited)) === edited.indexOf(Math.max(...edited)),
    );
    expect(topOneAgreement(tops)).toBe(sameFirst.length / 200);
  });

  it("needs ten tokens of the same positions", () => {
    expect(() => ndcgAt10({ unedited: one, edited: one.subarray(1) })).toThrow("got 10 and 9");
    const odd = { unedited: one.subarray(1), edited: one.subarray(1) };
    expect(() => topOneAgreement(odd)).toThrow("expected ten tokens of each position, got 9 and 9");
  });
});
