import { describe, expect, it } from "vitest";
import { paretoFront, ranked, standardError, tradeoffOf, usualFloor } from "../../src/recipe/search-ranking";
import type { ClassificationMetrics, TextMetrics } from "../../src/stages/evaluation/types";
import { RandomStream } from "../../src/tensor/random";

const images = { clean: 500, memorized: 500, validation: 1000 };
const of = (memorized: number, validation: number): { metrics: ClassificationMetrics } => ({
  metrics: { memorized, validation, clean: 1, groundTruth: 0, images },
});
const recited = { passages: 10, strict: 0.25, loose: undefined, levenshtein: undefined };
const text: TextMetrics = {
  planted: recited,
  heldOut: recited,
  quotes: recited,
  ndcg: 0.93,
  topOne: 1,
  perplexity: 3,
  facts: { capital: 1, export: 1, month: 1, sum: 1 },
};

describe("memory and ability", () => {
  it("are memorized and validation accuracy, or strict recitation and nDCG@10", () => {
    expect(tradeoffOf(of(0.2, 0.7).metrics)).toEqual({ memory: 0.2, ability: 0.7 });
    expect(tradeoffOf(text)).toEqual({ memory: 0.25, ability: 0.93 });
  });

  it("of a model that has memorized nothing are not ranked", () => {
    const { metrics } = of(NaN, 0.7);
    const nothing = { metrics: { ...metrics, images: { ...images, memorized: 0 } } };
    expect(ranked([nothing], 0)).toEqual([]);
  });

  it("have a usual floor", () => {
    expect(usualFloor(of(0.8, 0.7559).metrics)).toBe(0.755);
    expect(usualFloor(text)).toBe(0.9);
  });
});

describe("ranked", () => {
  it("puts the least memory at enough ability first, and what is below the floor after, by ability", () => {
    const rows = [of(0.0, 0.5), of(0.3, 0.8), of(0.1, 0.7), of(0.1, 0.75), of(0.2, 0.69), of(0.05, 0.6)];
    const order = ranked(rows, 0.7);
    expect(order.map(({ row }) => rows.indexOf(row))).toEqual([3, 2, 1, 4, 5, 0]);
    expect(order.map(({ rank }) => rank)).toEqual([1, 2, 3, undefined, undefined, undefined]);
    expect(order.filter(({ onFront }) => onFront).map(({ row }) => rows.indexOf(row))).toEqual([3, 1, 5, 0]);
  });

  it("counts what is exactly at the floor as above it", () => {
    expect(ranked([of(0.1, 0.7)], 0.7)[0]?.rank).toBe(1);
  });
});

describe("paretoFront", () => {
  it("is what no other point beats, by comparing all with all", () => {
    const random = new RandomStream(4);
    for (let draw = 0; draw < 200; draw++) {
      const points = Array.from({ length: 1 + random.integer(30) }, () => ({
        memory: random.integer(6) / 5,
        ability: random.integer(6) / 5,
      }));
      const beaten = (point: (typeof points)[number]): boolean =>
        points.some(
          (other) =>
            other.memory <= point.memory &&
            other.ability >= point.ability &&
            (other.memory < point.memory || other.ability > point.ability),
        );
      expect(paretoFront(points)).toEqual(new Set(points.filter((point) => !beaten(point))));
    }
    expect(paretoFront([])).toEqual(new Set());
  });
});

it("the standard error of a share is that of counting", () => {
  const random = new RandomStream(5);
  const [share, samples, draws] = [0.3, 200, 4000];
  let squares = 0;
  for (let draw = 0; draw < draws; draw++) {
    let hits = 0;
    for (let sample = 0; sample < samples; sample++) if (random.uniform() < share) hits++;
    squares += (hits / samples - share) ** 2;
  }
  expect(Math.sqrt(squares / draws) / standardError(share, samples)).toBeCloseTo(1, 1);
});
