import { describe, expect, it } from "vitest";
import { learningRate, type TrainingPhase } from "../../src/training/recipe";
import { vitPlain } from "../../src/training/recipes/vit-plain";

const phase = (changes: Partial<TrainingPhase>): TrainingPhase => ({
  ...vitPlain.phases[0]!,
  epochs: 10,
  learningRate: 2,
  warmupSteps: 0,
  ...changes,
});
const perEpoch = 50;
const at = (one: TrainingPhase, epoch: number) => learningRate(one, epoch * perEpoch, perEpoch);

describe("the learning rate", () => {
  it("rises step by step to its base over the warm-up", () => {
    const constant = phase({ warmupSteps: 4, schedule: { kind: "constant" } });
    const first = [0, 1, 2, 3, 4, 5].map((step) => learningRate(constant, step, perEpoch));
    expect(first).toEqual([0.5, 1, 1.5, 2, 2, 2]);
    expect(at(constant, 9)).toBe(2);
  });

  it("has its full size from the first step without a warm-up", () => {
    expect(at(phase({ schedule: { kind: "constant" } }), 0)).toBe(2);
  });

  it("goes in a line between two shares over the phase's epochs, and stays there", () => {
    const linear = phase({ schedule: { kind: "linear", from: 1, to: 0.1 } });
    expect([0, 5, 10, 12].map((epoch) => at(linear, epoch))).toEqual([
      2,
      expect.closeTo(1.1),
      expect.closeTo(0.2),
      expect.closeTo(0.2),
    ]);
    const half = learningRate(linear, perEpoch / 2, perEpoch);
    expect(half).toBeCloseTo(2 * (1 - 0.9 * 0.05), 12);
  });

  it("falls along half a cosine, entered where the phase before left it", () => {
    const whole = phase({ schedule: { kind: "cosine", offset: 0, total: 10 } });
    expect([0, 5, 10].map((epoch) => at(whole, epoch))).toEqual([2, expect.closeTo(1), expect.closeTo(0)]);
    expect(at(whole, 2.5)).toBeCloseTo(1 + Math.SQRT1_2, 12);
    const later = phase({ schedule: { kind: "cosine", offset: 4, total: 10 } });
    for (const epoch of [0, 1, 3]) expect(at(later, epoch)).toBeCloseTo(at(whole, epoch + 4), 12);
    expect(at(later, 8)).toBeCloseTo(0, 12);
  });
});
