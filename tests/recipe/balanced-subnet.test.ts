import { describe, expect, it } from "vitest";
import { usualSubnet } from "../../src/recipe/balanced-subnet";
import { faultText } from "../../src/recipe/check";
import { decodeLink, encodeLink } from "../../src/recipe/link";
import { subnetEdit } from "../../src/recipe/presets/subnet-edits";
import type { Recipe } from "../../src/recipe/schema";
import { validateRecipe } from "../../src/recipe/validate";
import type { BalancedSubnetSpec } from "../../src/stages/edit/types";
import { exampleRecipe } from "./example";
import { textExample } from "./text-example";

const usual = subnetEdit(textExample, 2);
const base = { ...textExample, edits: [{ method: "none" } as const, usual] };
const linkOf = (edit: BalancedSubnetSpec, recipe: Recipe = base): string =>
  encodeLink({ recipe: { ...recipe, edits: [{ method: "none" }, edit] }, view: {} });
const textOf = (edit: BalancedSubnetSpec, recipe?: Recipe): string =>
  /edit=(bsn[^&]*)/.exec(linkOf(edit, recipe))?.[1] ?? "";
const faultsOf = (value: unknown): string[] => {
  const validation = validateRecipe(value);
  return validation.ok ? [] : validation.faults.map(faultText);
};

describe("a BalancedSubnet edit in a recipe", () => {
  it("is valid as JSON, also over matrices that have no factors", () => {
    expect(validateRecipe(structuredClone(base))).toEqual({ ok: true, value: base });
    expect(usual.linears.some((id) => !textExample.factors.linears.includes(id))).toBe(true);
  });

  it.each([
    [{ drop: 1.2 }, "edits[1].drop: expected a number from 0 to 1, got 1.2"],
    [{ forget: "most" }, 'edits[1].forget: expected one of "first-half", "second-half", "all", got "most"'],
    [{ genres: [] }, "edits[1].genres: expected a list of 1 to 6 entries, got []"],
    [{ genres: ["letter", "letter"] }, 'edits[1].genres[1]: "letter" is given twice'],
    [{ epochs: 0.5 }, "edits[1].epochs: expected a whole number from 0 to 100, got 0.5"],
    [{ batch: 0 }, "edits[1].batch: expected a whole number from 1 to 1024, got 0"],
    [{ momentum: 1 }, "edits[1].momentum: expected a number from 0 to 0.9999, got 1"],
    [{ rate: Number.NaN }, "edits[1].rate: expected a number from 0 to 100, got NaN"],
    [{ energy: 0.5 }, "edits[1].energy: unknown"],
    [{ linears: [] }, "edits[1].linears: expected a list of 1 to 600 entries, got []"],
  ])("with %j is refused with its fault", (change, fault) => {
    expect(faultsOf({ ...base, edits: [{ method: "none" }, { ...usual, ...change }] }).join(" ")).toContain(
      fault,
    );
  });

  it("without a part is refused", () => {
    const { seed: _, ...rest } = usual;
    expect(faultsOf({ ...base, edits: [{ method: "none" }, rest] })).toEqual(["edits[1].seed: missing"]);
  });
});

describe("a BalancedSubnet edit in a link", () => {
  it("is short and readable where it is as usual", () => {
    const linears = "0.gate,0.up,0.down,1.gate,1.up,1.down";
    expect(textOf(usual)).toBe(`bsn:0.05:first-half::${linears}`);
    expect(textOf({ ...usual, forget: "all", genres: ["html list", "essay"], epochs: 0, rate: 1e-7 })).toBe(
      `bsn:0.05:all:epochs@0,rate@1e-7,genres@html-list/essay:${linears}`,
    );
  });

  it.each<[string, Partial<BalancedSubnetSpec>]>([
    ["as usual", {}],
    [
      "with everything else",
      {
        drop: 0.123,
        forget: "second-half",
        genres: ["contact cards", "course list"],
        forgetExamples: 7,
        retainExamples: 0,
        epochs: 10,
        batch: 5,
        rate: 0.03,
        momentum: 0,
        decay: 1e-4,
        seed: 4294967295,
      },
    ],
  ])("comes back %s", (_, settings) => {
    for (const recipe of [base, exampleRecipe]) {
      const edit = { ...subnetEdit(recipe, 3), ...settings };
      const decoded = decodeLink(linkOf(edit, recipe));
      expect(decoded).toEqual({
        ok: true,
        value: { recipe: { ...recipe, edits: [{ method: "none" }, edit] }, view: {} },
      });
    }
  });

  it.each([
    ["bsn:0.05:first-half::", /edits\[1\]\.linears: expected a list/],
    ["bsn:2:first-half::0.gate", /edits\[1\]\.drop: expected a number from 0 to 1, got 2/],
    ["bsn:0.05:half::0.gate", /edits\[1\]\.forget: expected one of/],
    ["bsn:0.05:all:speed@3:0.gate", /edits\[1\]\.speed: unknown/],
    ["bsn:0.05:all:epochs@x:0.gate", /edits\[1\]\.epochs: expected a whole number/],
    ["bsn:0.05:all:epochs:0.gate", /edits\[1\]\.epochs: expected a whole number/],
    ["bsn:0.05:all:genres@poem:0.gate", /edits\[1\]\.genres\[0\]: expected one of/],
    ["bsn:0.05:all:__proto__@3:0.gate", /edits\[1\]\.__proto__: unknown/],
    ["bsn:0.05:all::0.gate:more", /edits\[1\]\.method: expected one of/],
    ["bsn", /edits\[1\]\.(drop|linears)/],
  ])("%s is refused with its fault", (text, fault) => {
    const decoded = decodeLink(linkOf(usual).replace(/bsn[^&]*/, text));
    expect(decoded.ok ? "" : decoded.faults.map(faultText).join(" ")).toMatch(fault);
  });

  it("names what is usual nowhere, so old links keep their meaning only while it stays", () => {
    expect(usualSubnet).toEqual({
      drop: 0.05,
      forget: "first-half",
      forgetExamples: 500,
      retainExamples: 240,
      epochs: 2,
      batch: 16,
      rate: 0.1,
      momentum: 0.9,
      decay: 0.0005,
      seed: 1,
    });
  });
});
