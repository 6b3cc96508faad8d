import { describe, expect, test } from "vitest";
import { RandomStream } from "../../src/tensor/random";
import { staircaseByCount, staircaseByEnergy, type Staircase } from "../../src/tensor/staircase";
import { floats, readFixture } from "../support/safetensors-fixture";

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly product: number;
}

/** All pairs by the definition: product descending, then i, then j. */
function sortedPairs(lambda: Float32Array, mu: Float32Array): Pair[] {
  const pairs: Pair[] = [];
  lambda.forEach((l, i) => {
    mu.forEach((m, j) => pairs.push({ i, j, product: l * m }));
  });
  return pairs.sort((a, b) => b.product - a.product || a.i - b.i || a.j - b.j);
}

/** Smallest k whose first k products reach the target, up to the rounding of sums. */
function countByEnergy(sorted: readonly Pair[], energy: number): number {
  if (energy === 1) return sorted.length;
  let total = 0;
  for (const pair of sorted) total += pair.product;
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sum < energy * total * (1 - 2 ** -40)) sum += sorted[count++]!.product;
  return count;
}

function expectFirst(sorted: readonly Pair[], count: number, lambda: Float32Array, actual: Staircase): void {
  const keep = new Uint32Array(lambda.length);
  const outputs = new Set<number>();
  let total = 0;
  let kept = 0;
  sorted.forEach(({ i, j, product }, position) => {
    total += product;
    if (position >= count) return;
    kept += product;
    keep[i]! += 1;
    outputs.add(j);
  });
  expect(actual.keep).toEqual(keep);
  expect(actual).toMatchObject({
    pairs: count,
    keptInputs: keep.filter((j) => j > 0).length,
    keptOutputs: outputs.size,
    threshold: count === 0 ? Infinity : sorted[count - 1]!.product,
  });
  expect(actual.keptEnergy).toBeCloseTo(total === 0 ? 1 : kept / total, 12);
}

const descending = (values: number[]): Float32Array => Float32Array.from(values).sort().reverse();

function drawn(length: number, seed: number, draw: (random: RandomStream) => number): Float32Array {
  const random = new RandomStream(seed);
  return descending(Array.from({ length }, () => draw(random)));
}

const kinds: Record<string, (random: RandomStream) => number> = {
  uniform: (random) => random.uniform(),
  "twelve decades": (random) => 10 ** (-12 * random.uniform()),
  "the whole range of float32": (random) => 10 ** (80 * random.uniform() - 42),
  "small whole numbers": (random) => random.integer(4),
  "powers of two": (random) => 2 ** -random.integer(6),
  "rank-deficient": (random) => (random.uniform() < 0.6 ? 0 : random.uniform()),
  "all equal": () => 0.1,
  "mostly zero": (random) => (random.uniform() < 0.95 ? 0 : 1),
};
const shapes = [[1, 1], [1, 9], [9, 1], [7, 5], [24, 31], [3, 64]] as const; // prettier-ignore
const energies = [0, 1e-12, 0.1, 0.25, 0.5, 0.6, 0.75, 0.8, 0.95, 0.999, 1 - 1e-6, 1 - 2 ** -52, 1];

describe.each(Object.entries(kinds))("a staircase over %s", (_, draw) => {
  test.each(shapes)("of %i×%i values keeps what sorting all pairs keeps", (inputs, outputs) => {
    for (let seed = 0; seed < 6; seed++) {
      const lambda = drawn(inputs, 2 * seed, draw);
      const mu = drawn(outputs, 2 * seed + 1, draw);
      const sorted = sortedPairs(lambda, mu);
      for (const energy of energies) {
        expectFirst(sorted, countByEnergy(sorted, energy), lambda, staircaseByEnergy(lambda, mu, energy));
      }
      for (let part = 0; part <= 8; part++) {
        const count = Math.round((part / 8) * sorted.length);
        expectFirst(sorted, count, lambda, staircaseByCount(lambda, mu, count));
      }
    }
  });
});

describe("staircaseByEnergy", () => {
  test("takes exactly as many of equal products as the energy needs, by i and then by j", () => {
    const ones = new Float32Array(4).fill(1);
    for (let k = 0; k <= 16; k++) {
      const expected = [0, 1, 2, 3].map((i) => Math.min(4, Math.max(0, k - 4 * i)));
      expect([...staircaseByEnergy(ones, ones, k / 16).keep]).toEqual(expected);
    }
  });

  test("a sum that reaches the energy exactly needs no further pair", () => {
    // Products 8, 4, 4, 2, 2, 2, 1, 1: the first two are half of the sum, and of the fours i = 0 comes first.
    const lambda = Float32Array.of(4, 2);
    const mu = Float32Array.of(2, 1, 0.5, 0.5);
    expect([...staircaseByEnergy(lambda, mu, 0.5).keep]).toEqual([2, 0]);
    expect([...staircaseByEnergy(lambda, mu, 0.501).keep]).toEqual([2, 1]);
  });

  test("a decimal energy of equal products keeps that share of them, though no float64 is 0.8", () => {
    const fifth = new Float32Array(5).fill(0.1);
    const counts = [0.2, 0.4, 0.6, 0.8].map((energy) => staircaseByEnergy(fifth, fifth, energy).pairs);
    expect(counts).toEqual([5, 10, 15, 20]);
  });

  test("energy 0 keeps none and energy 1 keeps all, zeros too", () => {
    const lambda = Float32Array.of(1, 0);
    const mu = Float32Array.of(1, 0, 0);
    expect(staircaseByEnergy(lambda, mu, 0).pairs).toBe(0);
    expect([...staircaseByEnergy(lambda, mu, 1 - 2 ** -53).keep]).toEqual([1, 0]);
    expect([...staircaseByEnergy(lambda, mu, 1).keep]).toEqual([3, 3]);
  });

  test("more energy never keeps less", () => {
    const lambda = drawn(40, 1, kinds["twelve decades"]!);
    const mu = drawn(50, 2, kinds["twelve decades"]!);
    let before = 0;
    for (let step = 0; step <= 1000; step++) {
      const { pairs } = staircaseByEnergy(lambda, mu, step / 1000);
      expect(pairs).toBeGreaterThanOrEqual(before);
      before = pairs;
    }
  });

  test("refuses energies outside 0..1 and spectra that are not descending, negative or not finite", () => {
    const one = Float32Array.of(1);
    expect(() => staircaseByEnergy(one, one, 1.1)).toThrow("expected a kept share from 0 to 1, got 1.1");
    expect(() => staircaseByEnergy(one, one, NaN)).toThrow("got NaN");
    expect(() => staircaseByEnergy(Float32Array.of(1, 2), one, 0.5)).toThrow(
      "eigenvalues λ: expected finite, descending",
    );
    expect(() => staircaseByEnergy(one, Float32Array.of(1, -1), 0.5)).toThrow("eigenvalues μ");
    expect(() => staircaseByEnergy(one, Float32Array.of(NaN), 0.5)).toThrow("got NaN at 0");
    expect(() => staircaseByCount(one, one, 2)).toThrow("whole number from 0 to 1, got 2");
    expect(() => staircaseByCount(one, one, 0.5)).toThrow("got 0.5");
  });
});

describe.each(["vit-random", "olmo2-random"])("on the factors of %s", (name) => {
  const tensors = readFixture(`${name}/expected.safetensors`);
  const kept = [...tensors.keys()].filter((key) => key.includes(".kept@"));

  test("keeps as many pairs, outputs and inputs as the reference computed with PyTorch", () => {
    expect(kept.length).toBeGreaterThan(15);
    const counts = kept.map((key) => {
      const [linear = "", energy = ""] = key.split(".kept@");
      const lambda = floats(tensors, `${linear}.A.eigenvalues`);
      const mu = floats(tensors, `${linear}.G.eigenvalues`);
      const clamped = [lambda, mu].map((values) =>
        values
          .map((x) => Math.max(x, 0))
          .sort()
          .reverse(),
      );
      const { pairs, keptInputs, keptOutputs } = staircaseByEnergy(clamped[0]!, clamped[1]!, Number(energy));
      return [pairs, keptOutputs, keptInputs];
    });
    expect(counts).toEqual(kept.map((key) => [...tensors.get(key)!.values]));
  });
});
