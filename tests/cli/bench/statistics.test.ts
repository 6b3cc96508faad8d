import { describe, expect, it } from "vitest";
import { median, ratioSpread, spread } from "../../../src/cli/bench/statistics";

describe("median", () => {
  it("is the middle value whatever the order", () => {
    expect(median([9, 1, 5])).toBe(5);
  });
  it("is the mean of the two middle values of an even number", () => {
    expect(median([4, 100, 1, 2])).toBe(3);
  });
  it("refuses an empty list", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("spread", () => {
  it("keeps the extremes", () => {
    expect(spread([3, 1, 8])).toEqual({ median: 3, min: 1, max: 8 });
  });
});

describe("ratioSpread", () => {
  it("compares round by round, so that a load which doubles both times changes nothing", () => {
    expect(ratioSpread([2, 4, 20], [1, 2, 10])).toEqual({ median: 2, min: 2, max: 2 });
  });
  it("refuses lists of different lengths", () => {
    expect(() => ratioSpread([1, 2], [1])).toThrow(RangeError);
  });
});
