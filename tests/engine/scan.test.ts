import { expect, it } from "vitest";
import { scanEdits, withScanned } from "../../src/engine/scan";
import { validateRecipe } from "../../src/recipe/validate";
import { tinyLinears, tinyRecipe } from "../support/tiny-vit";

const recipe = tinyRecipe("0".repeat(64));
const [first = "", second = ""] = tinyLinears;

it("edits each linear alone, by every energy and by every share", () => {
  const edits = scanEdits({ linears: [first, second], energies: [0.5, 0.8], keeps: [0.1] });
  expect(edits).toEqual([
    { method: "kfac", linears: [first], energy: 0.5, selection: "pairs" },
    { method: "kfac", linears: [first], energy: 0.8, selection: "pairs" },
    { method: "svd", linears: [first], keep: 0.1 },
    { method: "kfac", linears: [second], energy: 0.5, selection: "pairs" },
    { method: "kfac", linears: [second], energy: 0.8, selection: "pairs" },
    { method: "svd", linears: [second], keep: 0.1 },
  ]);
});

it("asks for factors of the recipe's linears and of the scanned ones, each once, and leaves the rest", () => {
  const spec = { linears: [second, first], energies: [], keeps: [] };
  const scanned = withScanned(recipe, spec);
  expect(scanned).toEqual({ ...recipe, factors: { ...recipe.factors, linears: [first, second] } });
  expect(validateRecipe(scanned).ok).toBe(true);
  expect(recipe.factors.linears).toEqual([first]);
});
