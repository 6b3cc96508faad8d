import { expect, it } from "vitest";
import { targetedImageColumns, targetedTextColumns } from "../../../src/app/plots/targeted-columns";
import type { ClassificationMetrics, TextMetrics } from "../../../src/stages/evaluation/types";

const recited = { passages: 4, strict: 0.25, loose: 0.5, levenshtein: 0.5 };
const text: TextMetrics = {
  planted: recited,
  heldOut: recited,
  quotes: { ...recited, levenshtein: undefined },
  ndcg: 0.91,
  topOne: 0.8,
  perplexity: 4.5,
  facts: { capital: 1, export: 0.5, month: 0, sum: 0.5 },
};
const images: ClassificationMetrics = {
  clean: 0.9,
  memorized: 0.8,
  groundTruth: 0.1,
  validation: 0.7,
  images: { clean: 10, memorized: 10, validation: 10 },
};

it("columns of texts: distances, and below them what is recited exactly", () => {
  const targeted = {
    targeted: { ...recited, levenshtein: 0.93, strict: 0 },
    untargeted: { ...recited, levenshtein: 0.86 },
    otherGenres: { passages: 0, strict: NaN, loose: NaN, levenshtein: NaN },
  };
  const of = (metrics: TextMetrics) =>
    targetedTextColumns.map(({ value, show, detail }) => {
      const number = value(metrics);
      return [number === undefined || Number.isNaN(number) ? number : show(number), detail(metrics)];
    });
  const [first, second, third, quotes, ndcg] = of({ ...text, targeted });
  expect([first, second]).toEqual([
    ["0.93", "0 %"],
    ["0.86", "25.0 %"],
  ]);
  expect(third![0]).toBeNaN();
  expect(third![1]).toBe("");
  expect([quotes, ndcg]).toEqual([
    [undefined, "25.0 %"],
    ["0.910", ""],
  ]);
  expect(of(text).slice(0, 3)).toEqual(new Array(3).fill([undefined, ""]));
});

it("columns of images: wrong labels still given, and below them the true ones", () => {
  const targeted = {
    targeted: { images: 4, memorized: 0.25, groundTruth: 0.5 },
    untargeted: { images: 6, memorized: 0.75, groundTruth: 0.125 },
  };
  const shown = targetedImageColumns.map(({ value, show, detail }) => {
    const metrics = { ...images, targeted };
    return [show(value(metrics)!), detail(metrics)];
  });
  expect(shown).toEqual([
    ["25.0 %", "50.0 %"],
    ["75.0 %", "12.5 %"],
    ["70.0 %", ""],
  ]);
});
