import { describe, expect, it } from "vitest";
import { certainty, meanLoss, probability, UNKNOWN_LOSS } from "../../../src/app/texts/loss-scale";

describe("certainty", () => {
  it("falls from 1 at no loss to 0 at the loss of an unknown token, and stays there", () => {
    expect([0, UNKNOWN_LOSS / 2, UNKNOWN_LOSS, 20].map(certainty)).toEqual([1, 0.5, 0, 0]);
  });

  it("stays within 0 and 1 when rounding makes a loss negative", () => {
    expect(certainty(-1e-7)).toBe(1);
  });
});

describe("probability", () => {
  it("is what the loss is the negative logarithm of", () => {
    expect(probability(-Math.log(0.25))).toBeCloseTo(0.25, 12);
  });
});

describe("meanLoss", () => {
  it("averages from a token on", () => {
    expect(meanLoss([9, 1, 3], 1)).toBe(2);
    expect(meanLoss([9, 1, 2])).toBe(4);
    expect(meanLoss([9], 1)).toBeUndefined();
  });
});
