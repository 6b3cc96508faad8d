import { describe, expect, it } from "vitest";
import { same } from "../../src/app/state/recipe-slice";
import { decodeLink, encodeLink } from "../../src/recipe/link";
import { presets, presetsFor } from "../../src/recipe/presets/presets";
import type { KfacEdit } from "../../src/recipe/own-energies";
import type { Recipe } from "../../src/recipe/schema";
import { validateRecipe } from "../../src/recipe/validate";
import { exampleRecipe } from "./example";
import { textExample } from "./text-example";

describe("presets", () => {
  const cases = presets.flatMap((preset) => [
    ...(preset.modality === "text"
      ? []
      : [{ title: preset.title, of: "images", preset, base: exampleRecipe }]),
    ...(preset.modality === "images" ? [] : [{ title: preset.title, of: "text", preset, base: textExample }]),
  ]);
  it.each(cases)("$title of $of is a valid recipe whose link leads back to it", ({ preset, base }) => {
    const linked = { recipe: preset.recipe(base, 4), view: preset.view(4) };
    expect(validateRecipe(linked.recipe)).toEqual({ ok: true, value: linked.recipe });
    const opened = decodeLink(encodeLink(linked));
    expect(opened).toEqual({ ok: true, value: linked });
    // What the engine was asked for and what it tells of are the same to the page.
    expect(opened.ok && same(opened.value.recipe, linked.recipe)).toBe(true);
  });

  it("are offered for the kind of model they are for, the best edit for both", () => {
    const names = (recipe: Recipe) => presetsFor(recipe).map(({ name }) => name);
    expect(names(exampleRecipe)).toEqual([
      "best-edit",
      "figure-2",
      "figure-4",
      "figure-5",
      "table-1",
      "controls",
      "rankings",
      "searches",
    ]);
    expect(names(textExample)).toEqual([
      "best-edit",
      "figure-1",
      "figure-3",
      "table-1",
      "table-2",
      "table-3",
      "table-4",
      "controls",
    ]);
  });

  it("controls keep as much as the K-FAC edits of the model, each in three ways", () => {
    const { edits } = presets.find(({ name }) => name === "controls")!.recipe(textExample, 6);
    const [none, kfac, ...controls] = edits;
    expect(none).toEqual({ method: "none" });
    const { linears, energy, energies } = kfac as KfacEdit;
    expect(controls).toHaveLength(3);
    for (const control of controls)
      expect(control).toMatchObject({ method: "control", linears, energy, ...(energies && { energies }) });
  });

  it("figure 2 looks at the last layer, figure 5 at all", () => {
    const byName = new Map(presets.map((preset) => [preset.name, preset]));
    expect(byName.get("figure-2")?.view(12).linear).toBe("vit.encoder.layer.11.output.dense.weight");
    expect(byName.get("figure-5")?.recipe(exampleRecipe, 12).factors.linears).toHaveLength(12);
  });
});
