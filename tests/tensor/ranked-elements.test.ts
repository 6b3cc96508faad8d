import { describe, expect, test } from "vitest";
import { RandomStream } from "../../src/tensor/random";
import { cutByCount, cutByShare, keptMask, type Scores } from "../../src/tensor/ranked-elements";

/** Elements by the definition: score descending, then column, then row. */
function sorted({ values, rows, columns }: Scores): { at: number; score: number }[] {
  return [...values]
    .map((score, at) => ({ at, score, i: at % columns, j: Math.floor(at / columns) }))
    .sort((a, b) => b.score - a.score || a.i - b.i || a.j - b.j)
    .slice(0, rows * columns);
}

/** Smallest k whose first k scores reach the share, up to the rounding of sums. */
function countByShare(order: readonly { score: number }[], share: number): number {
  if (share === 1) return order.length;
  const total = order.reduce((sum, { score }) => sum + score, 0);
  let sum = 0;
  let count = 0;
  while (count < order.length && sum < share * total * (1 - 2 ** -40)) sum += order[count++]!.score;
  return count;
}

function expectFirst(scores: Scores, count: number, actual: ReturnType<typeof cutByCount>): void {
  const order = sorted(scores);
  const first = order.slice(0, count).map(({ at }) => at);
  const expected = new Uint8Array(scores.values.length);
  for (const at of first) expected[at] = 1;
  expect(keptMask(scores, actual)).toEqual(expected);
  const sum = (some: readonly { score: number }[]): number => some.reduce((all, { score }) => all + score, 0);
  expect(actual).toMatchObject({
    kept: count,
    keptColumns: new Set(first.map((at) => at % scores.columns)).size,
    keptRows: new Set(first.map((at) => Math.floor(at / scores.columns))).size,
  });
  const total = sum(order);
  expect(actual.keptShare).toBeCloseTo(total === 0 ? 1 : sum(order.slice(0, count)) / total, 12);
}

function drawn(rows: number, columns: number, seed: number, draw: (random: RandomStream) => number): Scores {
  const random = new RandomStream(seed);
  return { rows, columns, values: Float32Array.from({ length: rows * columns }, () => draw(random)) };
}

const kinds: readonly [string, Scores][] = [
  ["of many magnitudes", drawn(7, 11, 1, (random) => Math.exp(20 * random.normal()))],
  ["with many ties", drawn(9, 8, 2, (random) => random.integer(4))],
  ["all equal", drawn(5, 6, 3, () => 0.25)],
  ["all 0", drawn(4, 3, 4, () => 0)],
  ["so small that a device may flush them", drawn(6, 7, 5, (random) => random.uniform() * 1e-42)],
  ["in one row", drawn(1, 20, 6, (random) => random.uniform())],
  ["in one column", drawn(20, 1, 7, (random) => random.integer(3))],
  ["up to the largest float", drawn(3, 3, 8, (random) => random.uniform() * 3.4e38)],
];

describe.each(kinds)("scores %s", (_, scores) => {
  test("every count keeps exactly the first of the order", () => {
    for (let count = 0; count <= scores.values.length; count++)
      expectFirst(scores, count, cutByCount(scores, count));
  });

  test("every share keeps as many as summing them in order takes", () => {
    for (const share of [0, 1e-6, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1]) {
      const total = scores.values.reduce((sum, value) => sum + value, 0);
      const count = total === 0 && share < 1 ? 0 : countByShare(sorted(scores), share);
      expectFirst(scores, count, cutByShare(scores, share));
    }
  });
});

test("a thousand draws agree with sorting", () => {
  const random = new RandomStream(9);
  for (let draw = 0; draw < 1000; draw++) {
    const coarse = random.uniform() < 0.5;
    const scores = drawn(1 + random.integer(6), 1 + random.integer(6), draw, (stream) =>
      coarse ? stream.integer(3) : Math.exp(3 * stream.normal()),
    );
    const count = random.integer(scores.values.length + 1);
    expectFirst(scores, count, cutByCount(scores, count));
    const share = random.uniform();
    if (scores.values.some((value) => value > 0))
      expectFirst(scores, countByShare(sorted(scores), share), cutByShare(scores, share));
  }
});

test("what cannot be ranked is named", () => {
  const of = (...values: number[]): Scores => ({ values: Float32Array.from(values), rows: 1, columns: 2 });
  expect(() => cutByCount(of(1, NaN), 1)).toThrow("finite numbers of at least 0, got NaN at 1");
  expect(() => cutByCount(of(-1, 1), 1)).toThrow("got -1 at 0");
  expect(() => cutByShare(of(Infinity, 1), 0.5)).toThrow("got Infinity at 0");
  expect(() => cutByCount(of(1, 2, 3), 1)).toThrow("expected 1×2 values, got 3");
  expect(() => cutByCount(of(1, 2), 3)).toThrow("from 0 to 2, got 3");
  expect(() => cutByShare(of(1, 2), 1.2)).toThrow("from 0 to 1, got 1.2");
});
