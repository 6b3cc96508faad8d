import { describe, expect, it } from "vitest";
import { keepsStaircase, methodOf, methods, newEdit, withMethod } from "../../../src/app/panels/new-edit";
import type { KfacEdit } from "../../../src/recipe/own-energies";

const linears = ["a.weight", "b.weight"];
const kfac: KfacEdit = {
  method: "kfac",
  linears,
  energy: 0.8,
  selection: "pairs",
  energies: { "a.weight": 0.6 },
  ranking: "ekfac",
};

describe("an edit by another method", () => {
  it.each(methods)("$label is what it becomes", ({ value }) => {
    expect(methodOf(newEdit(value, linears, false))).toBe(value);
    expect(methodOf(withMethod(kfac, value, true))).toBe(value);
    expect(withMethod(kfac, value, true)).toMatchObject({ linears });
  });

  it("keeps its energies where both go by one, and its ranking between the selections", () => {
    expect(withMethod(kfac, "projection", false)).toEqual({ ...kfac, selection: "projection" });
    const control = withMethod(kfac, "control", false);
    expect(control).toEqual({
      method: "control",
      control: "random-pairs",
      linears,
      energy: 0.8,
      energies: { "a.weight": 0.6 },
      seed: 1,
    });
    expect(withMethod(control, "pairs", false)).toEqual({
      method: "kfac",
      linears,
      energy: 0.8,
      energies: { "a.weight": 0.6 },
      selection: "pairs",
    });
    expect(withMethod({ method: "svd", linears, keep: 0.1 }, "control", false)).toMatchObject({
      energy: 0.75,
    });
  });

  it("has a border in the plane only if its pairs are ranked by λμ", () => {
    const { ranking: _, ...plain } = kfac;
    expect([plain, { ...plain, ranking: "product" } as const, kfac].map(keepsStaircase)).toEqual([
      true,
      true,
      false,
    ]);
    expect(keepsStaircase(newEdit("control", linears, false))).toBe(false);
  });
});
