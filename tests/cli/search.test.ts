import { describe, expect, it } from "vitest";
import { searchSpecOf } from "../../src/cli/search";
import { exampleRecipe } from "../recipe/example";
import { textExample } from "../recipe/text-example";

const none = { roles: undefined, energies: undefined, keeps: undefined, floor: undefined };

describe("options of a search", () => {
  it("name sets of layers, and have defaults for both kinds of models", () => {
    expect(searchSpecOf({ ...none, search: "prefixes,subsets:3" }, exampleRecipe)).toEqual({
      roles: ["fc2"],
      sets: ["prefixes", "subsets"],
      largest: 3,
      energies: [0.6, 0.7, 0.8, 0.9],
      keeps: [0.05, 0.1, 0.2, 0.4],
    });
    expect(searchSpecOf({ ...none, search: "ends" }, textExample).roles).toEqual(["gate", "up", "down"]);
  });

  it("may leave out a method", () => {
    const spec = searchSpecOf({ ...none, search: "ends", energies: "0.5, 0.625", keeps: "" }, exampleRecipe);
    expect([spec.energies, spec.keeps]).toEqual([[0.5, 0.625], []]);
  });

  it.each([
    [{ search: "all" }, "--search: all is no set of layers"],
    [{ search: "subsets:x" }, "--search: subsets:x is no set of layers"],
    [{ search: "prefixes:2" }, "--search: prefixes:2 is no set of layers"],
    [{ search: "ends", energies: "0.5,80" }, "--energies: 80 is no share"],
    [{ search: "ends", keeps: "0.1,,0.2" }, "--keeps:  is no share"],
  ])("%j is refused by name", (options, message) => {
    expect(() => searchSpecOf({ ...none, ...options }, exampleRecipe)).toThrow(message);
  });
});
