import { describe, expect, it } from "vitest";
import { faultText } from "../../src/recipe/check";
import { validateRecipe } from "../../src/recipe/validate";
import { decodeLink, encodeLink } from "../../src/recipe/link";
import { textSourceOf, withSource } from "../../src/recipe/text-source";
import { exampleRecipe } from "./example";
import { textExample } from "./text-example";

const fc2 = "vit.encoder.layer.3.output.dense.weight";

/** The example with the value at a dotted path replaced; `undefined` removes the key. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(exampleRecipe) as unknown as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop()!;
  const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return copy;
}

function faultsOf(value: unknown): string[] {
  const validation = validateRecipe(value);
  return validation.ok ? [] : validation.faults.map(faultText);
}

describe("validateRecipe", () => {
  it("accepts a whole recipe and returns it unchanged", () => {
    expect(validateRecipe(structuredClone(exampleRecipe))).toEqual({ ok: true, value: exampleRecipe });
  });

  const wrong: [string, unknown, string][] = [
    ["version", 2, "version: expected 1, got 2"],
    ["data.labelNoise", 7, "data.labelNoise: expected a number from 0 to 0.9, got 7"],
    ["data.labelNoise", NaN, "data.labelNoise: expected a number from 0 to 0.9, got NaN"],
    ["data.seed", 1.5, "data.seed: expected a whole number from 0 to 4294967295, got 1.5"],
    ["data.classes", 11, "data.classes: expected a whole number from 2 to 10, got 11"],
    ["factors.images", undefined, "factors.images: missing"],
    ["factors.images", "1000", 'factors.images: expected a whole number from 1 to 100000, got "1000"'],
    ["factors.speed", 3, "factors.speed: unknown; known here: linears, images, tokens, labels, seed"],
    ["factors.tokens", "some", 'factors.tokens: expected one of "all", "readout", got "some"'],
    ["spectrum.bandNormalized", "no", 'spectrum.bandNormalized: expected true or false, got "no"'],
    ["model", { kind: "pirate" }, 'model.kind: expected one of shipped, hub, dropped, trained, got "pirate"'],
    ["edits.1.energy", 1.01, "edits[1].energy: expected a number from 0 to 1, got 1.01"],
    ["edits.1.energies", 0.5, "edits[1].energies: expected an object, got 0.5"],
    ["edits.1.energies", { [fc2]: NaN }, `edits[1].energies.${fc2}: expected a number from 0 to 1, got NaN`],
    [
      "edits.1.energies",
      { [fc2]: -0.1 },
      `edits[1].energies.${fc2}: expected a number from 0 to 1, got -0.1`,
    ],
    ["edits.1.energies", { [fc2]: "1" }, `edits[1].energies.${fc2}: expected a number from 0 to 1, got "1"`],
    [
      "edits.1.energies",
      { "vit.encoder.layer.0.output.dense.weight": 0.5 },
      "edits[1].energies: an own energy needs an edited linear, and edits[1].linears lacks vit.encoder.layer.0.output.dense.weight",
    ],
    ["edits.2.energies", { [fc2]: 0.5 }, "edits[2].energies: unknown; known here: method, linears, keep"],
    ["edits.1.method", "bsn", 'edits[1].method: expected one of none, kfac, control, svd, balanced-subnet, got "bsn"'],
    ["edits", [], "edits: expected a list of 1 to 16 entries, got []"],
    [
      "edits.0",
      exampleRecipe.edits[2],
      'edits[0]: expected the unedited model, {"method":"none"}, to be the first',
    ],
    ["evaluation", null, "evaluation: expected an object, got null"],
  ];
  it.each(wrong)("names the fault of %s = %j", (path, value, message) => {
    expect(faultsOf(changed(path, value))).toContain(message);
  });

  it("puts own energies in the order of the linears, and leaves out that there are none", () => {
    const [first = "", second = ""] = exampleRecipe.factors.linears;
    const energies = (value: object): string => {
      const validation = validateRecipe(changed("edits.1.energies", value));
      return JSON.stringify(validation.ok && validation.value.edits[1]);
    };
    expect(energies({ [second]: 0.9, [first]: 0.6 })).toBe(energies({ [first]: 0.6, [second]: 0.9 }));
    expect(energies({})).toBe(JSON.stringify(exampleRecipe.edits[1]));
  });

  it("touches no prototype by the name of a linear", () => {
    const value: unknown = JSON.parse('{"__proto__": 0.5}');
    expect(faultsOf(changed("edits.1.energies", value))).toHaveLength(1);
  });

  it("names several faults at once", () => {
    const value = changed("data.labelNoise", -1) as { evaluation: object };
    expect(faultsOf({ ...value, evaluation: {} })).toHaveLength(4);
  });

  it("refuses a shipped name that leaves its folder", () => {
    expect(faultsOf(changed("model.name", "../secret"))).toHaveLength(1);
  });

  it("refuses a K-FAC edit of a linear without factors", () => {
    const faults = faultsOf(changed("factors.linears", ["vit.encoder.layer.2.output.dense.weight"]));
    expect(faults).toEqual([
      "edits[1].linears: K-FAC needs factors of every edited linear, and factors.linears lacks vit.encoder.layer.3.output.dense.weight",
    ]);
  });

  it.each([undefined, null, 1, "recipe", [], [exampleRecipe]])("refuses %j as a whole", (value) => {
    expect(validateRecipe(value).ok).toBe(false);
  });
});

describe("a recipe for text", () => {
  it("is whole, and its link is short and leads back to it", () => {
    expect(validateRecipe(textExample)).toEqual({ ok: true, value: textExample });
    const link = encodeLink({ recipe: textExample, view: {} });
    expect(decodeLink(link)).toEqual({ ok: true, value: { recipe: textExample, view: {} } });
    expect(link).toContain("edit=kfac:pairs:0.85:0.gate,0.up,0.down@0.8");
  });

  it.each(["fresh", "mixture", "0".repeat(63) + "7", "ab".repeat(32)])(
    "leads back with the text %s, and with texts beside it",
    (source) => {
      const recipe = withSource(textExample, source);
      expect(textSourceOf(recipe)).toBe(source);
      const view = { sources: ["mixture", "fresh", "cd".repeat(32)] };
      const link = encodeLink({ recipe, view });
      expect(decodeLink(link)).toEqual({ ok: true, value: { recipe, view } });
      expect(decodeLink(link.replace("sources=mixture", "sources=stale")).ok).toBe(false);
      expect(decodeLink(link.replace("sources=mixture", "sources=fresh")).ok).toBe(false);
    },
  );

  it.each([
    [{ ...textExample, evaluation: exampleRecipe.evaluation }, /evaluation/],
    [{ ...textExample, factors: exampleRecipe.factors }, /factors\.images: unknown/],
    [{ ...textExample, factors: { ...textExample.factors, text: "own" } }, /factors\.ownText: missing/],
    [
      { ...textExample, factors: { ...textExample.factors, ownText: "ab".repeat(32) } },
      /factors\.ownText: only factors of an own text have it, and factors\.text is "fresh"/,
    ],
    [
      { ...textExample, factors: { ...textExample.factors, text: "own", ownText: "dear diary" } },
      /factors\.ownText: expected a SHA-256/,
    ],
    [{ ...textExample, factors: { ...textExample.factors, windows: 0 } }, /factors\.windows/],
    [{ ...textExample, factors: { ...textExample.factors, text: "stale" } }, /factors\.text/],
    [{ ...exampleRecipe, data: textExample.data }, /factors|evaluation/],
  ])("names what does not belong to it", (value, fault) => {
    const validation = validateRecipe(value);
    expect(validation.ok ? "" : validation.faults.map(faultText).join(" ")).toMatch(fault);
  });
});

it("a linear that is named twice is refused", () => {
  const validation = validateRecipe(changed("factors.linears", [fc2, fc2]));
  expect(validation.ok ? "" : validation.faults.map(faultText).join(" ")).toMatch(
    /factors\.linears\[1\]: "vit\.encoder\.layer\.3\.output\.d.*given twice/,
  );
});
