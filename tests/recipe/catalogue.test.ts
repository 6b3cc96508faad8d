import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { validateCatalogue } from "../../src/recipe/catalogue";
import { faultText } from "../../src/recipe/check";

const read = (): unknown => JSON.parse(readFileSync("public/models/index.json", "utf8"));

describe("the list of shipped models", () => {
  it("is valid, and each model's recipe is of that model", () => {
    const validation = validateCatalogue(read());
    expect(validation.ok ? [] : validation.faults).toEqual([]);
    if (!validation.ok) return;
    for (const { name, recipe } of validation.value.models)
      expect(recipe.model).toEqual({ kind: "shipped", name });
  });

  it("opens with the plainly trained model", () => {
    const validation = validateCatalogue(read());
    expect(validation.ok && validation.value.models[0]?.procedure).toBe("plain");
  });

  it("may open with own energies of single matrices", () => {
    const json = read() as { models: { recipe: { edits: { linears?: string[]; energies?: unknown }[] } }[] };
    const edit = json.models[0]!.recipe.edits.find(({ linears }) => linears !== undefined)!;
    edit.energies = { [edit.linears![0]!]: 0.9 };
    const validation = validateCatalogue(json);
    expect(validation.ok ? [] : validation.faults).toEqual([]);
    edit.energies = { elsewhere: 0.9 };
    expect(validateCatalogue(json).ok).toBe(false);
  });

  it("tells where a fault in a recipe is", () => {
    const json = read() as { models: { recipe: { edits: unknown[] } }[] };
    json.models[1]!.recipe.edits[1] = { method: "none", energy: 1 };
    const validation = validateCatalogue(json);
    expect(validation.ok ? [] : validation.faults.map(faultText)).toEqual([
      "models[1].recipe.edits[1].energy: unknown; known here: method",
    ]);
  });
});
