import { expect, test } from "vitest";
import { classificationMetrics } from "../../../src/stages/evaluation/classification";
import type { ImageGroup, ImageRecord } from "../../../src/stages/data/types";

function record(group: ImageGroup, trueLabel: number, givenLabel: number): ImageRecord {
  return { index: 0, group, trueLabel, givenLabel };
}

test("each accuracy is the share of its own group that gets its own label", () => {
  const records = [
    record("clean", 1, 1),
    record("clean", 2, 2),
    record("memorized", 3, 4),
    record("memorized", 3, 5),
    record("memorized", 3, 6),
    record("memorized", 3, 7),
    record("validation", 8, 8),
    record("validation", 8, 8),
    record("validation", 8, 8),
  ];
  // Clean: one of two. Memorized: the wrong label once, the true one twice, neither once. Validation: two of three.
  const labels = Uint8Array.of(1, 9, 4, 3, 3, 0, 8, 8, 3);
  expect(classificationMetrics({ labels }, records)).toEqual({
    clean: 1 / 2,
    memorized: 1 / 4,
    groundTruth: 2 / 4,
    validation: 2 / 3,
    images: { clean: 2, memorized: 4, validation: 3 },
  });
});

test("the order of the groups does not matter", () => {
  const records = [record("validation", 0, 0), record("memorized", 1, 2), record("clean", 3, 3)];
  const metrics = classificationMetrics({ labels: Uint8Array.of(0, 2, 3) }, records);
  expect(metrics).toMatchObject({ clean: 1, memorized: 1, groundTruth: 0, validation: 1 });
});

test("a group without images has no accuracy, not an accuracy of 0", () => {
  const metrics = classificationMetrics({ labels: Uint8Array.of(1) }, [record("clean", 1, 1)]);
  expect(metrics.memorized).toBeNaN();
  expect(metrics.groundTruth).toBeNaN();
  expect(metrics.images.memorized).toBe(0);
});

test("a missing prediction is an error", () => {
  expect(() => classificationMetrics({ labels: new Uint8Array(0) }, [record("clean", 1, 1)])).toThrow(
    "classification: expected 1 predictions, got 0",
  );
});
