import { describe, expect, it } from "vitest";
import { faultText } from "../../src/recipe/check";
import { decodeLink, encodeLink, type Linked } from "../../src/recipe/link";
import type { KfacEdit } from "../../src/recipe/own-energies";
import type { Recipe } from "../../src/recipe/schema";
import type { EditSpec } from "../../src/stages/edit/types";
import { defaultTraining, trainedId } from "../../src/recipe/training-settings";
import { RandomStream } from "../../src/tensor/random";
import { exampleRecipe } from "./example";

const linked: Linked = {
  recipe: exampleRecipe,
  view: {
    linear: "vit.encoder.layer.3.output.dense.weight",
    edit: 1,
    gallery: "recovered",
    bands: "one",
    passage: 17,
    train: { ...defaultTraining, weightDecay: 0.6 },
    bandsEvery: 3,
    decay: 0.6,
    hide: ["story"],
  },
};

const kfac = exampleRecipe.edits[1] as KfacEdit;

function faultsOf(hash: string): string[] {
  const decoded = decodeLink(hash);
  return decoded.ok ? [] : decoded.faults.map(faultText);
}

describe("link", () => {
  it("gives back what it encoded", () => {
    expect(decodeLink(`#${encodeLink(linked)}`)).toEqual({ ok: true, value: linked });
  });

  it("is readable: versioned, with short linear names", () => {
    const text = encodeLink(linked);
    expect(text).toMatch(/^v=1&/);
    expect(text).toContain("&model=shipped/vit-plain&");
    expect(text).toContain("&edit=none&edit=kfac:pairs:0.75:2.fc2,3.fc2&edit=svd:0.1:3.fc2&");
  });

  it("writes an own energy behind its linear, and reads links without any as before", () => {
    const own: KfacEdit = { ...kfac, energies: { "vit.encoder.layer.3.output.dense.weight": 0.9 } };
    const recipe = { ...exampleRecipe, edits: [{ method: "none" } as const, own] };
    const text = encodeLink({ recipe, view: {} });
    expect(text).toMatch(/&edit=kfac:pairs:0\.75:2\.fc2,3\.fc2@0\.9$/);
    expect(decodeLink(text)).toEqual({ ok: true, value: { recipe, view: {} } });
    const old = decodeLink(text.replace("@0.9", ""));
    expect(old.ok && old.value.recipe.edits[1]).toStrictEqual(kfac);
  });

  it.each([
    ["kfac:projection:0.75:2.fc2,3.fc2@0.9:saliency", { selection: "projection", ranking: "saliency" }],
    ["kfac:pairs:0.75:2.fc2,3.fc2@0.9:ekfac", { selection: "pairs", ranking: "ekfac" }],
    ["control:random-pairs:0.75:2.fc2,3.fc2@0.9:7", { control: "random-pairs", seed: 7 }],
    ["control:largest-coefficients:0.75:2.fc2,3.fc2@0.9", { control: "largest-coefficients", seed: 0 }],
    ["control:magnitude:0.75:2.fc2,3.fc2@0.9", { control: "magnitude", seed: 0 }],
  ])("writes and reads %s", (text, choice) => {
    const edit = {
      method: text.startsWith("kfac") ? "kfac" : "control",
      linears: kfac.linears,
      energy: 0.75,
      energies: { "vit.encoder.layer.3.output.dense.weight": 0.9 },
      ...choice,
    } as EditSpec;
    const recipe = { ...exampleRecipe, edits: [{ method: "none" } as const, edit] };
    const link = encodeLink({ recipe, view: {} });
    expect(link).toMatch(new RegExp(`&edit=none&edit=${text}$`));
    expect(decodeLink(link)).toEqual({ ok: true, value: { recipe, view: {} } });
  });

  it("writes the usual ranking, and the seed of what draws nothing, as if they were not there", () => {
    const link = (...edits: string[]): string =>
      `${encodeLink({ recipe: { ...exampleRecipe, edits: [{ method: "none" }] }, view: {} })}${edits.map((edit) => `&edit=${edit}`).join("")}`;
    const read = decodeLink(link("kfac:pairs:0.75:2.fc2:product", "control:magnitude:0.75:2.fc2:9"));
    expect(read.ok && encodeLink(read.value)).toBe(
      link("kfac:pairs:0.75:2.fc2", "control:magnitude:0.75:2.fc2"),
    );
  });

  it.each([
    ["kfac:pairs:0.75:2.fc2:size", "edits[1].ranking: expected one of"],
    ["kfac:pairs:0.75:2.fc2:ekfac:1", "edits[1].method: expected one of"],
    ["control:all:0.75:2.fc2:1", "edits[1].control: expected one of"],
    ["control:random-pairs:0.75:2.fc2:-1", "edits[1].seed: expected a whole number"],
    ["control:magnitude:0.75:1.fc2", "edits[1].linears: a control needs factors of every edited linear"],
  ])("refuses %s", (text, fault) => {
    const hash = encodeLink({ recipe: { ...exampleRecipe, edits: [{ method: "none" }] }, view: {} });
    expect(faultsOf(`${hash}&edit=${text}`)).toEqual([expect.stringContaining(fault)]);
  });

  it.each(["2", "NaN", "", "0.5@0.6", "Infinity"])("refuses the own energy %j", (energy) => {
    const text = encodeLink(linked).replace("3.fc2&edit=svd", `3.fc2@${energy}&edit=svd`);
    expect(faultsOf(text)).toEqual([
      expect.stringContaining(
        "edits[1].energies.vit.encoder.layer.3.output.dense.weight: expected a number from 0 to 1, got ",
      ),
    ]);
  });

  it("names settings of a training that are none", () => {
    const text = encodeLink(linked);
    expect(faultsOf(text.replace("d0.6", "d99"))).toEqual([
      expect.stringContaining("view.train: expected settings of a training such as i"),
    ]);
    expect(faultsOf(text.replace("view.bandsEvery=3", "view.bandsEvery=0"))).toEqual([
      expect.stringContaining("view.bandsEvery: expected a whole number from 1"),
    ]);
  });

  const models: Recipe["model"][] = [
    { kind: "hub", repository: "owner/some.model", revision: "main" },
    { kind: "dropped", sha256: "ab".repeat(32) },
    { kind: "trained", id: trainedId({ settings: defaultTraining, epoch: 60 }) },
  ];
  it.each(models)("gives back a model of kind $kind", (model) => {
    const other = { recipe: { ...exampleRecipe, model }, view: {} };
    expect(decodeLink(encodeLink(other))).toEqual({ ok: true, value: other });
  });

  it("keeps the full name of a linear it has no short name for", () => {
    const id = "model.layers.3.mlp.down_proj.weight";
    const other: Linked = {
      recipe: {
        ...exampleRecipe,
        factors: { ...exampleRecipe.factors, linears: [id] },
        edits: [{ method: "none" }],
      },
      view: { linear: id },
    };
    expect(decodeLink(encodeLink(other))).toEqual({ ok: true, value: other });
  });

  it("gives back any title", () => {
    for (const title of ["", "a=b&c#d", "50 %", "λμ ⊗ 日本", "'\"<script>", "+ +"]) {
      const decoded = decodeLink(encodeLink({ recipe: { ...exampleRecipe, title }, view: {} }));
      expect(decoded.ok && decoded.value.recipe.title).toBe(title);
    }
  });

  it("gives back random recipes", () => {
    const random = new RandomStream(3);
    for (let round = 0; round < 300; round++) {
      const recipe: Recipe = {
        ...exampleRecipe,
        data: { ...exampleRecipe.data, seed: random.integer(2 ** 32), labelNoise: random.uniform() * 0.9 },
        spectrum: { ...exampleRecipe.spectrum, bandNormalized: random.uniform() < 0.5 },
        edits: [
          { method: "none" },
          {
            ...kfac,
            energies: Object.fromEntries(kfac.linears.map((id) => [id, random.uniform() ** 8])),
          },
          {
            method: "svd",
            keep: random.uniform() ** 8,
            linears: ["vit.encoder.layer.1.attention.attention.query.weight"],
          },
        ],
      };
      expect(decodeLink(encodeLink({ recipe, view: {} }))).toEqual({ ok: true, value: { recipe, view: {} } });
    }
  });

  it("names what is wrong", () => {
    const text = encodeLink(linked);
    expect(faultsOf(text.replace("factors.images=1000", "factors.images=lots"))).toEqual([
      'factors.images: expected a whole number from 1 to 100000, got "lots"',
    ]);
    expect(faultsOf(`${text}&data.spin=4`)).toEqual([
      "data.spin: unknown; known here: kind, seed, trainingImages, validationImages, labelNoise, classes",
    ]);
    expect(faultsOf(`${text}&colour=red`)).toEqual(["colour: unknown part of the address"]);
    expect(faultsOf(`${text}&title=again`)).toEqual(["title: given twice"]);
    expect(faultsOf(text.replace("title=", "title=%E0%A4"))).toContain("title: has a broken % sequence");
    expect(faultsOf(text.replace("v=1", "v=9"))).toEqual(["version: expected 1, got 9"]);
    expect(faultsOf(text.replace("view.edit=1", "view.edit=99"))).toEqual([
      "view.edit: expected a whole number from 0 to 15, got 99",
    ]);
  });

  it("touches no prototype", () => {
    expect(faultsOf(`${encodeLink(linked)}&data.__proto__=1&view.__proto__=1&__proto__=1`)).toHaveLength(3);
    expect(({} as Record<string, unknown>)["1"]).toBeUndefined();
  });

  it("survives nonsense: a recipe or a list of faults, never a throw", () => {
    const text = encodeLink(linked).replace("3.fc2&edit=svd", "3.fc2@0.9&edit=svd");
    const random = new RandomStream(11);
    const alphabet = "=&%#.:,/0129eE-+azAZ@ é\u0000";
    let refused = 0;
    for (let round = 0; round < 3000; round++) {
      let broken = text;
      for (let change = 0; change <= random.integer(4); change++) {
        const at = random.integer(broken.length);
        const letter = alphabet[random.integer(alphabet.length)] ?? "";
        broken = broken.slice(0, at) + letter + broken.slice(at + random.integer(12));
      }
      const decoded = decodeLink(broken);
      if (decoded.ok) expect(decodeLink(encodeLink(decoded.value))).toEqual(decoded);
      else expect(decoded.faults.length).toBeGreaterThan(0);
      refused += decoded.ok ? 0 : 1;
    }
    expect(refused).toBeGreaterThan(2000);
  });

  it.each(["", "#", "hello", "&&&", "=", "%", "v=1", "x".repeat(30000)])("refuses %j", (hash) => {
    expect(decodeLink(hash).ok).toBe(false);
  });
});
