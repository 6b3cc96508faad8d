import { describe, expect, it } from "vitest";
import { numberFault, numberWithin } from "../../../src/app/controls/number-fault";

describe("what a field for a number takes", () => {
  const whole = { minimum: 1, maximum: 100_000, multipleOf: 1 };

  it("takes whole numbers within its limits, ends and all", () => {
    expect(["1", "2000", "100000", "1e3"].map((text) => numberWithin(text, whole))).toEqual([
      1, 2000, 100_000, 1000,
    ]);
  });

  it("names what it takes where a text is none of it", () => {
    for (const text of ["0", "-3", "100001", "1.5", "", " ", "?", "1e999", "NaN"]) {
      expect(numberWithin(text, whole), text).toBeUndefined();
      expect(numberFault(text, whole), text).toBe("Takes a whole number from 1 to 100,000.");
    }
  });

  it("takes any number without a step of its own, and multiples of one with it", () => {
    const share = { minimum: 0.01, maximum: 100 };
    expect(numberWithin("97.25", share)).toBe(97.25);
    expect(numberFault("0", share)).toBe("Takes a number from 0.01 to 100.");
    const width = { minimum: 8, maximum: 96, multipleOf: 4 };
    expect(numberWithin("36", width)).toBe(36);
    expect(numberFault("37", width)).toBe("Takes a multiple of 4 from 8 to 96.");
  });

  it("takes an empty field only where that is an answer", () => {
    const optional = { minimum: 1, maximum: 100, optional: true };
    expect(numberFault("", optional)).toBeUndefined();
    expect(numberFault("?", optional)).toBe("Takes a number from 1 to 100, or nothing.");
  });
});
