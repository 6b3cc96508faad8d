import { describe, expect, it } from "vitest";
import { exactMatch } from "../../../src/stages/evaluation/exact-match";

describe("exact match", () => {
  it("is the share of each kind", () => {
    const facts = (["capital", "sum", "capital", "month", "sum", "sum", "sum"] as const).map((kind) => ({
      kind,
    }));
    const exact = [true, false, false, true, true, false, false];
    expect(exactMatch(facts, exact)).toEqual({ capital: 0.5, export: NaN, month: 1, sum: 0.25 });
    expect(() => exactMatch(facts, [])).toThrow("expected 7 answers, got 0");
  });
});
