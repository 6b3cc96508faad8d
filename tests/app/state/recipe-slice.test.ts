import { describe, expect, it } from "vitest";
import {
  same,
  sameBeforeEdits,
  withAddedEdit,
  withEdit,
  withoutEdit,
  type LinearEdit,
} from "../../../src/app/state/recipe-slice";
import { validateRecipe } from "../../../src/recipe/validate";
import { exampleRecipe } from "../../recipe/example";

const elsewhere = "vit.encoder.layer.0.intermediate.dense.weight";
const kfac: LinearEdit = { method: "kfac", linears: [elsewhere], energy: 0.9, selection: "projection" };

describe("recipe changes", () => {
  it("give factors to every linear that K-FAC edits, so that the recipe stays valid", () => {
    for (const recipe of [withEdit(exampleRecipe, 2, kfac), withAddedEdit(exampleRecipe, kfac)]) {
      expect(recipe.factors.linears).toContain(elsewhere);
      expect(validateRecipe(recipe).ok).toBe(true);
    }
  });

  it("ask no new factors for SVD", () => {
    const recipe = withAddedEdit(exampleRecipe, { method: "svd", linears: [elsewhere], keep: 0.5 });
    expect(recipe.factors).toBe(exampleRecipe.factors);
  });

  it("never remove the unedited model", () => {
    expect(withoutEdit(exampleRecipe, 0)).toEqual(exampleRecipe);
    expect(withoutEdit(exampleRecipe, 1).edits).toHaveLength(2);
  });

  it("tell a moved slider from a change that makes a running run worthless", () => {
    const edit = exampleRecipe.edits[1] as LinearEdit & { method: "kfac" };
    expect(sameBeforeEdits(exampleRecipe, withEdit(exampleRecipe, 1, { ...edit, energy: 0.6 }))).toBe(true);
    expect(sameBeforeEdits(exampleRecipe, withEdit(exampleRecipe, 1, kfac))).toBe(false);
  });
});

describe("same", () => {
  it("holds of equal specs in whatever order their keys were written", () => {
    const edit = { method: "control", linears: ["a", "b"], energies: { a: 0.5, b: 0.6 }, seed: 1 };
    expect(
      same(edit, { seed: 1, energies: { b: 0.6, a: 0.5 }, linears: ["a", "b"], method: "control" }),
    ).toBe(true);
    expect(same({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(same(undefined, undefined)).toBe(true);
    expect(same({ a: NaN }, { a: NaN })).toBe(true);
  });

  it("does not of others", () => {
    const pairs: readonly (readonly [unknown, unknown])[] = [
      [{ a: 1 }, { a: 1, b: 2 }],
      [{ a: 1, b: 2 }, { a: 1 }],
      [
        ["a", "b"],
        ["b", "a"],
      ],
      [["a"], { 0: "a" }],
      [{ a: {} }, { a: [] }],
      [{ a: 1 }, { a: "1" }],
      [null, {}],
      [{}, undefined],
      [0, NaN],
    ];
    for (const [first, second] of pairs)
      expect(same(first, second), JSON.stringify([first, second])).toBe(false);
  });
});
