import { describe, expect, test } from "vitest";
import { bandWeights, singularBandWeights, standardBands } from "../../../src/stages/spectrum/bands";
import { RandomStream } from "../../../src/tensor/random";

function spectrum(length: number, seed: number, draw: (random: RandomStream) => number): Float32Array {
  const random = new RandomStream(seed);
  return Float32Array.from({ length }, () => draw(random))
    .sort()
    .reverse();
}

/** Directions of all pairs, by λᵢμⱼ descending, then i, then j. */
function directionsOfSortedPairs(lambda: Float32Array, mu: Float32Array): number[] {
  const pairs = Array.from({ length: lambda.length * mu.length }, (_, k) => {
    const [i, j] = [Math.floor(k / mu.length), k % mu.length];
    return { i, j, product: lambda[i]! * mu[j]! };
  });
  return pairs.sort((a, b) => b.product - a.product || a.i - b.i || a.j - b.j).map(({ i }) => i);
}

const kinds: [string, (random: RandomStream) => number][] = [
  ["uniform values", (random) => random.uniform()],
  ["six decades", (random) => 10 ** (-6 * random.uniform())],
  ["ties", (random) => random.integer(3)],
  ["mostly zeros", (random) => (random.uniform() < 0.8 ? 0 : 1)],
];

describe.each(kinds)("bands by product over %s", (_, draw) => {
  test.each([
    [1, 1],
    [10, 10],
    [13, 29],
    [40, 7],
  ])("of %i×%i pairs count the partners that sorting all pairs puts there", (inputs, outputs) => {
    const lambda = spectrum(inputs, 1, draw);
    const mu = spectrum(outputs, 2, draw);
    const directions = directionsOfSortedPairs(lambda, mu);
    const percents = [0, 10, 25, 50, 100];
    standardBands.forEach((band, b) => {
      const [from, to] = [percents[b]!, percents[b + 1]!].map((percent) =>
        Math.floor((percent * directions.length) / 100),
      );
      const expected = new Float64Array(inputs);
      for (const i of directions.slice(from, to)) expected[i]! += 1;
      expect(bandWeights(lambda, mu, band, "product")).toEqual(expected);
    });
  });
});

test("eigenvalues that are rounding alone tie, so that chance does not order the bands", () => {
  const withTail = (seed: number): [Float32Array, Float32Array] => {
    const tail = spectrum(12, seed, (random) => 1e-8 * random.uniform());
    return [Float32Array.of(2, 0.3, 0.04, ...tail), Float32Array.of(5, 1, ...tail.subarray(0, 6))];
  };
  const bandsOf = ([lambda, mu]: [Float32Array, Float32Array]): Float64Array[] =>
    standardBands.map((band) => bandWeights(lambda, mu, band, "product"));
  expect(bandsOf(withTail(5))).toEqual(bandsOf(withTail(6)));
  // Six pairs are curved; the next of the 120 are the flat ones of the first direction.
  const [top, next] = bandsOf(withTail(5));
  expect([...top!.subarray(0, 4)]).toEqual([8, 2, 2, 0]);
  expect([...next!.subarray(0, 4)]).toEqual([0, 6, 6, 6]);
});

test.each(["product", "lambda"] as const)("the standard bands by %s part all pairs between them", (order) => {
  const lambda = spectrum(37, 3, (random) => random.uniform());
  const mu = spectrum(19, 4, (random) => random.uniform());
  const perDirection = new Float64Array(37);
  for (const band of standardBands) {
    bandWeights(lambda, mu, band, order).forEach((weight, i) => (perDirection[i]! += weight));
  }
  expect([...perDirection]).toEqual(new Array(37).fill(19));
});

test("bands by λ are percentile ranges of the directions, with all their partners", () => {
  const lambda = spectrum(20, 5, (random) => random.uniform());
  const mu = Float32Array.of(3, 2, 1);
  const members = standardBands.map((band) => {
    const weights = bandWeights(lambda, mu, band, "lambda");
    expect(new Set(weights)).toEqual(new Set([0, 3]));
    return [weights.indexOf(3), weights.lastIndexOf(3)];
  });
  expect(members).toEqual([[0, 1], [2, 4], [5, 9], [10, 19]]); // prettier-ignore
});

test("bands of singular directions are percentile ranges of σ", () => {
  const members = standardBands.map((band) => [...singularBandWeights(8, band)].join(""));
  expect(members).toEqual(["00000000", "11000000", "00110000", "00001111"]);
});

test("a percentile that decimals cannot hold falls on the position it names", () => {
  const until = (to: number): number =>
    singularBandWeights(100, { from: 0, to, label: "" }).reduce((sum, weight) => sum + weight, 0);
  for (let percent = 0; percent <= 100; percent++) expect(until(percent / 100)).toBe(percent);
});

test("percentiles outside 0..1 are refused", () => {
  expect(() => singularBandWeights(4, { from: 0, to: 10, label: "" })).toThrow(
    "expected percentiles from 0 to 1, got 10",
  );
});
