import { describe, expect, it } from "vitest";
import { presetSearch } from "../../src/cli/reproduce/preset-search";
import { presetNamed } from "../../src/recipe/presets/presets";
import { exampleRecipe } from "../recipe/example";

describe("presetSearch", () => {
  const recipe = presetNamed("searches")!.recipe(exampleRecipe, 4);
  const edits = presetSearch("searches", recipe);

  it("cuts every set of up to two of four layers, and the first three and four, at seven strengths", () => {
    expect(edits).toHaveLength((4 + 6 + 2) * 7);
    expect(new Set(edits.map((edit) => JSON.stringify(edit))).size).toBe(edits.length);
    const analysed = recipe.factors.linears;
    for (const edit of edits) {
      if (edit.method !== "kfac" && edit.method !== "svd") throw new Error(edit.method);
      for (const id of edit.linears) expect(analysed).toContain(id);
    }
  });

  it("refuses a preset that opens with no search", () => {
    expect(() => presetSearch("controls", recipe)).toThrow(/controls opens with no search/);
  });
});
