import { describe, expect, it } from "vitest";
import { FIRST_VALIDATION_INDEX, givenLabel, isNoised } from "../../../src/stages/data/label-noise";
import { classOf } from "../../../src/stages/data/shapes";
import type { ShapesSpec } from "../../../src/stages/data/types";
import { goldenLabels } from "./golden";

const spec: ShapesSpec = {
  kind: "shapes",
  seed: 1001,
  trainingImages: 14_000,
  validationImages: 1000,
  labelNoise: 0.2,
  classes: 10,
};
const training = Array.from({ length: spec.trainingImages }, (_, index) => index);

describe("givenLabel", () => {
  it("gives the labels that NumPy gives", () => {
    for (const { seed, given } of goldenLabels) {
      expect(given.map((_, index) => givenLabel({ ...spec, seed }, index))).toEqual(given);
    }
  });

  it("differs from the class shown exactly where the image is noised", () => {
    for (const index of training) {
      expect(givenLabel(spec, index) !== classOf(spec.seed, index)).toBe(isNoised(spec, index));
    }
  });

  it("chooses all wrong classes equally often: each step within 5 standard deviations", () => {
    const steps = new Array<number>(10).fill(0);
    const noised = training.filter((index) => isNoised(spec, index));
    for (const index of noised) {
      const step = (givenLabel(spec, index) - classOf(spec.seed, index) + 10) % 10;
      steps[step] = steps[step]! + 1;
    }
    const deviation = Math.sqrt(noised.length * (1 / 9) * (8 / 9));
    for (const count of steps.slice(1)) {
      expect(Math.abs(count - noised.length / 9)).toBeLessThan(5 * deviation);
    }
  });
});

describe("isNoised", () => {
  it("holds for the share asked for, within 5 standard deviations", () => {
    const deviation = Math.sqrt(14_000 * 0.2 * 0.8);
    const noised = training.filter((index) => isNoised(spec, index)).length;
    expect(Math.abs(noised - 2800)).toBeLessThan(5 * deviation);
  });

  it("keeps every noised image when the share grows", () => {
    const more = { ...spec, labelNoise: 0.35 };
    expect(training.filter((index) => isNoised(spec, index) && !isNoised(more, index))).toEqual([]);
  });

  it("never holds without noise, nor for validation images", () => {
    expect(training.some((index) => isNoised({ ...spec, labelNoise: 0 }, index))).toBe(false);
    const all = { ...spec, labelNoise: 1 };
    expect(isNoised(all, 0)).toBe(true);
    expect(isNoised(all, FIRST_VALIDATION_INDEX)).toBe(false);
    expect(givenLabel(all, FIRST_VALIDATION_INDEX)).toBe(classOf(all.seed, FIRST_VALIDATION_INDEX));
  });
});
