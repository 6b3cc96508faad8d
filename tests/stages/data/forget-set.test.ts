import { describe, expect, it } from "vitest";
import { plantedPassages } from "../../../src/stages/data/corpus/passages";
import { forgottenImages, forgottenPassages, retainedImages } from "../../../src/stages/data/forget-set";
import { givenLabel, isNoised } from "../../../src/stages/data/label-noise";
import { classOf } from "../../../src/stages/data/shapes";
import type { ForgetSetSpec, Genre, ShapesSpec } from "../../../src/stages/data/types";

const planted = plantedPassages({
  kind: "corpus",
  seed: 23,
  pieces: 0,
  plants: 40,
  plantRepeats: 1,
  quotes: 0,
  quoteRepeats: 0,
});
const whole: ForgetSetSpec = { forget: "all", forgetExamples: 1000 };
const first: ForgetSetSpec = { ...whole, forget: "first-half" };
const second: ForgetSetSpec = { ...whole, forget: "second-half" };

describe("passages to forget", () => {
  it("of both halves are all of them, each once", () => {
    const [a, b] = [forgottenPassages(planted, first), forgottenPassages(planted, second)];
    expect([...a, ...b].toSorted((x, y) => x - y)).toEqual(planted.map(({ id }) => id));
    expect(forgottenPassages(planted, whole)).toHaveLength(40);
  });

  it("of a half have every genre, and as many of one as of another but for one", () => {
    for (const spec of [first, second]) {
      const counts = new Map<string, number>();
      for (const id of forgottenPassages(planted, spec)) {
        const { kind } = planted[id]!;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
      expect(counts.size).toBe(6);
      expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
    }
  });

  it("can be of some genres alone, and are at most so many", () => {
    const genres: readonly Genre[] = ["essay", "notice"];
    const chosen = forgottenPassages(planted, { ...first, genres });
    expect(chosen.length).toBeGreaterThan(4);
    for (const id of chosen) expect(genres).toContain(planted[id]!.kind);
    expect(forgottenPassages(planted, { ...first, genres, forgetExamples: 3 })).toEqual(chosen.slice(0, 3));
  });

  it("are no quotes", () => {
    expect(forgottenPassages([{ id: 0, kind: "quote" }], whole)).toEqual([]);
  });
});

describe("images", () => {
  const data: ShapesSpec = {
    kind: "shapes",
    seed: 5,
    trainingImages: 300,
    validationImages: 10,
    labelNoise: 0.3,
    classes: 10,
  };

  it("to forget are noised, and both halves together are all that are", () => {
    const [a, b] = [forgottenImages(data, first), forgottenImages(data, second)];
    const noised = [...Array(300).keys()].filter((index) => isNoised(data, index));
    expect([...a, ...b].toSorted((x, y) => x - y)).toEqual(noised);
    expect(Math.abs(a.length - b.length)).toBeLessThanOrEqual(1);
    for (const index of a) expect(givenLabel(data, index)).not.toBe(classOf(data.seed, index, data.classes));
    expect(forgottenImages(data, { ...first, forgetExamples: 4 })).toEqual(a.slice(0, 4));
  });

  it("to retain are clean, the last ones first, and no more than there are", () => {
    const retained = retainedImages(data, 20);
    expect(retained).toHaveLength(20);
    for (const index of retained) expect(isNoised(data, index)).toBe(false);
    expect(retained[0]).toBe([...Array(300).keys()].findLast((index) => !isNoised(data, index)));
    const clean = 300 - forgottenImages(data, whole).length;
    expect(retainedImages(data, 10_000)).toHaveLength(clean);
  });
});
