import { describe, expect, it } from "vitest";
import { RandomStream } from "../../../src/tensor/random";
import {
  isKept,
  keptBits,
  maskByBits,
  scoreCutoff,
  stepScores,
} from "../../../src/tensor/reference/weight-scores";
import { drawnScores, keptByOrder } from "../../support/weight-scores";

/** Values in float64 throughout, as the method defines them. */
function steppedInFloat64(
  scores: readonly number[],
  velocity: readonly number[],
  gradient: Float32Array,
  weights: Float32Array,
  { momentum, decay, rate }: { momentum: number; decay: number; rate: number },
) {
  const v = velocity.map(
    (old, k) => momentum * old + decay * scores[k]! + gradient[k]! * weights[k]! * Math.sign(scores[k]!),
  );
  return { velocity: v, scores: scores.map((s, k) => s - rate * v[k]!) };
}

describe("a step of the scores", () => {
  const random = new RandomStream(1);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal());

  it("is gradient descent with momentum and decay over many steps, to float32's precision", () => {
    const count = 50;
    const weights = draw(count);
    const scores = draw(count);
    scores[7] = 0;
    const velocity = new Float32Array(count);
    const how = { momentum: 0.9, decay: 0.01, rate: 0.05 };
    let exact = { scores: [...scores], velocity: [...velocity] };
    for (let step = 0; step < 20; step++) {
      const gradient = draw(count);
      exact = steppedInFloat64(exact.scores, exact.velocity, gradient, weights, how);
      stepScores(scores, velocity, gradient, weights, how);
    }
    for (let k = 0; k < count; k++) {
      expect(Math.abs(scores[k]! - exact.scores[k]!)).toBeLessThan(1e-5);
      expect(Math.abs(velocity[k]! - exact.velocity[k]!)).toBeLessThan(1e-5);
    }
    // A score of zero has no slope, and nothing else moves it.
    expect([scores[7], velocity[7]]).toEqual([0, 0]);
  });

  it("is exact where the numbers are: v = 0.5·4 + 0.25·2 + 8·0.5·1 and s = 2 − 0.5·v", () => {
    const [scores, velocity] = [Float32Array.of(2, -2), Float32Array.of(4, 4)];
    stepScores(scores, velocity, Float32Array.of(8, 8), Float32Array.of(0.5, 0.5), {
      momentum: 0.5,
      decay: 0.25,
      rate: 0.5,
    });
    expect([...velocity]).toEqual([6.5, -2.5]);
    expect([...scores]).toEqual([-1.25, -0.75]);
  });

  it("in two parts equals one with the sum of the gradients, and only the last moves the scores", () => {
    const weights = Float32Array.of(1, -2, 0.5);
    const [whole, parted] = [Float32Array.of(1, -1, 3), Float32Array.of(1, -1, 3)];
    const [v, w] = [Float32Array.of(0.5, 0, -1), Float32Array.of(0.5, 0, -1)];
    const how = { momentum: 0.5, decay: 0.25, rate: 0.125 };
    stepScores(whole, v, Float32Array.of(3, 5, 7), weights, how);
    stepScores(parted, w, Float32Array.of(1, 2, 3), weights, { ...how, rate: 0 });
    expect([...parted]).toEqual([1, -1, 3]);
    stepScores(parted, w, Float32Array.of(2, 3, 4), weights, { momentum: 1, decay: 0, rate: 0.125 });
    expect(parted).toEqual(whole);
    expect(w).toEqual(v);
  });
});

describe("what is dropped", () => {
  it.each([
    ["no ties", false],
    ["many ties", true],
  ])("are the smallest magnitudes, of equal ones the first: %s", (_, ties) => {
    for (const count of [1, 2, 31, 32, 33, 300]) {
      const scores = drawnScores(count, count, ties);
      for (const dropped of new Set([
        0,
        1,
        Math.floor(count / 20),
        Math.floor(count / 2),
        count - 1,
        count,
      ])) {
        const bits = keptBits(scores, dropped);
        const kept = Array.from(scores, (_value, k) => isKept(bits, k));
        expect(kept, `${dropped} of ${count}`).toEqual(keptByOrder(scores, dropped));
        expect(kept.filter((one) => !one)).toHaveLength(dropped);
      }
    }
  });

  it("is told apart by sign of zero or size of number in no way but magnitude", () => {
    const scores = Float32Array.of(-0, 0, 1e-45, -1e-45, 3e38, -3e38, Infinity);
    for (let dropped = 0; dropped <= scores.length; dropped++) {
      const bits = keptBits(scores, dropped);
      expect(Array.from(scores, (_value, k) => isKept(bits, k))).toEqual(
        scores
          .map((_value, k) => Number(k >= dropped))
          .reduce<boolean[]>((all, one) => [...all, one === 1], []),
      );
    }
  });

  it("cannot be more than there is", () => {
    for (const dropped of [-1, 4, 0.5, Number.NaN])
      expect(() => scoreCutoff(new Float32Array(3), dropped)).toThrow(
        `expected 0 to 3 dropped entries, got ${dropped}`,
      );
  });

  it("is zero in the masked weights, and all else is as it was", () => {
    const weights = Float32Array.from({ length: 70 }, (_, k) => k + 1);
    const scores = drawnScores(70, 3, true);
    const masked = new Float32Array(70).fill(9);
    maskByBits(weights, keptBits(scores, 20), masked);
    const kept = keptByOrder(scores, 20);
    expect([...masked]).toEqual([...weights].map((weight, k) => (kept[k]! ? weight : 0)));
  });
});
