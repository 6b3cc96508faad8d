import { describe, expect, it } from "vitest";
import {
  countLayerSets,
  countSearchEdits,
  layerSetKinds,
  layerSets,
  searchEdits,
  withSearched,
} from "../../src/recipe/search";
import { validateRecipe } from "../../src/recipe/validate";
import type { Linear } from "../../src/stages/model/types";
import { exampleRecipe } from "./example";

const layers = (count: number): number[] => Array.from({ length: count }, (_, layer) => layer);

/** Every non-empty set of layers as the bits of a number. */
function allSets(count: number): number[][] {
  return Array.from({ length: 2 ** count - 1 }, (_, mask) =>
    layers(count).filter((layer) => ((mask + 1) >> layer) & 1),
  );
}

describe("layerSets", () => {
  it("are prefixes, the ends, and subsets up to a size, each once", () => {
    expect(layerSets(layers(4), { sets: ["prefixes", "ends"], largest: 0 })).toEqual([
      [0],
      [0, 1],
      [0, 1, 2],
      [0, 1, 2, 3],
      [0, 3],
    ]);
    expect(layerSets(layers(3), { sets: ["prefixes", "subsets"], largest: 2 })).toEqual([
      [0],
      [0, 1],
      [0, 1, 2],
      [1],
      [2],
      [0, 2],
      [1, 2],
    ]);
  });

  it.each([1, 2, 3, 5, 7])("of %i layers are all sets of at most the asked size", (count) => {
    for (let largest = 1; largest <= count + 1; largest++) {
      const found = layerSets(layers(count), { sets: ["subsets"], largest });
      const expected = allSets(count).filter(({ length }) => length <= largest);
      expect(found.map((set) => set.join()).sort()).toEqual(expected.map((set) => set.join()).sort());
      expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).sort());
    }
  });

  it("are counted without being made", () => {
    for (let kinds = 0; kinds < 8; kinds++) {
      const sets = layerSetKinds.filter((_, bit) => (kinds >> bit) & 1);
      for (let count = 0; count <= 6; count++)
        for (let largest = 1; largest <= 7; largest++) {
          const spec = { sets, largest };
          expect(countLayerSets(count, spec), `${sets.join()} ${count} ${largest}`).toBe(
            layerSets(layers(count), spec).length,
          );
        }
    }
    expect(countLayerSets(32, { sets: ["subsets"], largest: 16 })).toBe(2448023842);
  });
});

describe("searchEdits", () => {
  const linears = [0, 1, 5].flatMap((layer): Linear[] =>
    (["query", "fc1", "fc2"] as const).map((role) => ({
      id: `vit.encoder.layer.${String(layer)}.${role}.weight`,
      layer,
      role,
      outputs: 2,
      inputs: 2,
    })),
  );
  const spec = {
    roles: ["fc1", "fc2"],
    sets: ["prefixes", "ends"],
    largest: 1,
    energies: [0.8, 0.9],
    keeps: [0.1],
  } as const;

  it("cut all matrices of the roles in each set of layers, by every strength of both methods", () => {
    const edits = searchEdits(spec, linears);
    expect(edits).toHaveLength(countSearchEdits(spec, linears));
    expect(edits).toHaveLength(4 * 3);
    expect(edits[0]).toEqual({
      method: "kfac",
      linears: ["vit.encoder.layer.0.fc1.weight", "vit.encoder.layer.0.fc2.weight"],
      energy: 0.8,
      selection: "pairs",
    });
    expect(edits.at(-1)).toEqual({
      method: "svd",
      linears: [0, 5].flatMap((layer) =>
        ["fc1", "fc2"].map((role) => `vit.encoder.layer.${String(layer)}.${role}.weight`),
      ),
      keep: 0.1,
    });
    expect(new Set(edits.map((edit) => JSON.stringify(edit))).size).toBe(edits.length);
  });

  it("need factors of every linear they name", () => {
    const edits = searchEdits(spec, linears);
    const recipe = withSearched(exampleRecipe, edits);
    expect(recipe.factors.linears).toEqual([
      ...exampleRecipe.factors.linears,
      ...linears.filter(({ role }) => role !== "query").map(({ id }) => id),
    ]);
    const searched = { ...recipe, edits: [{ method: "none" }, ...edits] };
    expect(validateRecipe(searched).ok).toBe(true);
  });
});
