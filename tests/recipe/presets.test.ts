import { describe, expect, it } from "vitest";
import { decodeLink, encodeLink } from "../../src/recipe/link";
import { presets } from "../../src/recipe/presets/presets";
import { validateRecipe } from "../../src/recipe/validate";
import { exampleRecipe } from "./example";

describe("presets", () => {
  it.each(presets)("$title is a valid recipe whose link leads back to it", (preset) => {
    const linked = { recipe: preset.recipe(exampleRecipe, 4), view: preset.view(4) };
    expect(validateRecipe(linked.recipe)).toEqual({ ok: true, value: linked.recipe });
    expect(decodeLink(encodeLink(linked))).toEqual({ ok: true, value: linked });
  });

  it("figure 2 looks at the last layer, figure 5 at all", () => {
    const byName = new Map(presets.map((preset) => [preset.name, preset]));
    expect(byName.get("figure-2")?.view(12).linear).toBe("vit.encoder.layer.11.output.dense.weight");
    expect(byName.get("figure-5")?.recipe(exampleRecipe, 12).factors.linears).toHaveLength(12);
  });
});
