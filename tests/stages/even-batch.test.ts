import { describe, expect, it } from "vitest";
import { evenBatch } from "../../src/stages/even-batch";

describe("an even batch", () => {
  it("takes no more runs than the largest batch, and fills up fewer places than there are runs", () => {
    for (let samples = 1; samples <= 400; samples++) {
      for (const largest of [1, 3, 32, 100]) {
        const batch = evenBatch(samples, largest);
        const runs = Math.ceil(samples / batch);
        expect(batch).toBeLessThanOrEqual(largest);
        expect(runs).toBe(Math.ceil(samples / largest));
        expect(runs * batch - samples).toBeLessThan(runs);
      }
    }
  });

  it("is one sample of none, and of runs too small for one", () => {
    expect([evenBatch(0, 32), evenBatch(5, 0)]).toEqual([1, 1]);
  });
});
