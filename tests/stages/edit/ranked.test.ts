import { describe, expect, test } from "vitest";
import { hostFloats, type DeviceTensor } from "../../../src/runtime/device-tensor";
import { createNodeBackend } from "../../../src/runtime/node";
import { applyEdit } from "../../../src/stages/edit/apply";
import { keptDensity, rankEdges } from "../../../src/stages/edit/density";
import { randomScores } from "../../../src/stages/edit/scores";
import type { ControlKind, EditSpec } from "../../../src/stages/edit/types";
import type { Linear } from "../../../src/stages/model/types";
import type { Spectrum } from "../../../src/stages/spectrum/types";
import { float32 } from "../../../src/tensor/host-tensor";
import { staircaseByEnergy } from "../../../src/tensor/staircase";
import {
  product,
  randomMatrix,
  randomOrthogonal,
  relativeDistance,
  transposed,
} from "../../support/matrices";

const backend = createNodeBackend();
const [outputs, inputs] = [6, 9];
const linear: Linear = { id: "w.weight", layer: 0, role: "fc2", outputs, inputs };
const lambda = Float32Array.from({ length: inputs }, (_, i) => 2 ** -i);
const mu = Float32Array.from({ length: outputs }, (_, j) => 3 ** -j);
const [UA, UG] = [randomOrthogonal(inputs, 1), randomOrthogonal(outputs, 2)];
const W = Float32Array.from(randomMatrix(outputs, inputs, 3));
const C = product(
  product(UG, W, outputs, outputs, inputs),
  transposed(UA, inputs, inputs),
  outputs,
  inputs,
  inputs,
);
const corrected = Float32Array.from(randomMatrix(outputs, inputs, 4), (x) => x * x);

function upload(values: ArrayLike<number>, rows: number, columns: number): DeviceTensor {
  return backend.upload(float32([rows, columns], Float32Array.from(values)));
}

const spectrum: Spectrum = {
  kfac: new Map([
    [
      linear.id,
      {
        linear,
        lambda,
        mu,
        UA: upload(UA, inputs, inputs),
        UG: upload(UG, outputs, outputs),
        coefficients: upload(C, outputs, inputs),
      },
    ],
  ]),
  singular: new Map(),
  corrected: new Map([[linear.id, upload(corrected, outputs, inputs)]]),
};
const model = { parameters: new Map([[linear.id, upload(W, outputs, inputs)]]) };

async function edited(edit: EditSpec) {
  const result = await applyEdit(backend, model, spectrum, edit);
  const weights = hostFloats(result.weights.get(linear.id)!).slice();
  result.release();
  return {
    weights,
    summary: result.summaries[0]!,
    density: result.densities[linear.id],
    staircases: result.staircases,
  };
}

/** Positions by score descending, ties by input and then by output. */
function order(scores: ArrayLike<number>): number[] {
  return Array.from({ length: outputs * inputs }, (_, at) => at).sort(
    (a, b) =>
      scores[b]! - scores[a]! ||
      (a % inputs) - (b % inputs) ||
      Math.floor(a / inputs) - Math.floor(b / inputs),
  );
}

function firstReaching(scores: ArrayLike<number>, energy: number): number[] {
  const total = Array.from(scores).reduce((sum, score) => sum + score, 0);
  let sum = 0;
  const kept: number[] = [];
  for (const at of order(scores)) {
    if (sum >= energy * total) break;
    kept.push(at);
    sum += scores[at]!;
  }
  return kept;
}

/** U_Gᵀ (M∘C) U_A in float64. */
function rebuilt(kept: readonly number[]): Float64Array {
  const masked = C.map((value, at) => (kept.includes(at) ? value : 0));
  const half = product(transposed(UG, outputs, outputs), masked, outputs, outputs, inputs);
  return product(half, UA, outputs, inputs, inputs);
}

const base = { method: "kfac", linears: [linear.id], selection: "pairs" } as const;
const products = Float64Array.from(C, (_, at) => lambda[at % inputs]! * mu[Math.floor(at / inputs)]!);
const scoresBy = { saliency: C.map((value, at) => products[at]! * value * value), ekfac: corrected };

describe.each(["saliency", "ekfac"] as const)("K-FAC pairs ranked by %s", (ranking) => {
  test.each([0.3, 0.6, 0.95])(
    "at energy %f keeps the pairs of largest value that hold it",
    async (energy) => {
      const kept = firstReaching(scoresBy[ranking], energy);
      const { weights, summary, staircases } = await edited({ ...base, energy, ranking });
      expect(summary).toMatchObject({
        kept: kept.length,
        total: outputs * inputs,
        keptInputs: new Set(kept.map((at) => at % inputs)).size,
        keptOutputs: new Set(kept.map((at) => Math.floor(at / inputs))).size,
      });
      const all = products.reduce((sum, value) => sum + value, 0);
      expect(summary.keptEnergy).toBeCloseTo(kept.reduce((sum, at) => sum + products[at]!, 0) / all, 6);
      expect(relativeDistance(weights, rebuilt(kept))).toBeLessThan(1e-6);
      expect(staircases).toEqual({});
    },
  );

  test("the projection keeps every pair of directions that occur", async () => {
    const kept = firstReaching(scoresBy[ranking], 0.3);
    const [columns, rows] = [
      new Set(kept.map((at) => at % inputs)),
      new Set(kept.map((at) => Math.floor(at / inputs))),
    ];
    const box = [...C.keys()].filter((at) => columns.has(at % inputs) && rows.has(Math.floor(at / inputs)));
    const { weights, summary } = await edited({ ...base, selection: "projection", energy: 0.3, ranking });
    expect([summary.kept, summary.keptInputs, summary.keptOutputs]).toEqual([
      box.length,
      columns.size,
      rows.size,
    ]);
    expect(relativeDistance(weights, rebuilt(box))).toBeLessThan(1e-6);
  });

  test("energy 1 changes nothing and energy 0 keeps nothing; a matrix may have its own", async () => {
    expect(relativeDistance((await edited({ ...base, energy: 1, ranking })).weights, W)).toBeLessThan(1e-6);
    const none = await edited({ ...base, energy: 0.9, energies: { [linear.id]: 0 }, ranking });
    expect(none.weights.every((w) => w === 0)).toBe(true);
    expect(none.summary.keptEnergy).toBe(0);
  });
});

test("the ranking by λμ is the edit without a ranking", async () => {
  const plain = await edited({ ...base, energy: 0.7 });
  const named = await edited({ ...base, energy: 0.7, ranking: "product" });
  expect(named).toEqual(plain);
  expect(plain.density).toBeUndefined();
});

test("EK-FAC without a second pass is refused", async () => {
  const { corrected: _, ...without } = spectrum;
  const applied = applyEdit(backend, model, without, { ...base, energy: 0.5, ranking: "ekfac" });
  await expect(applied).rejects.toThrow("corrected curvature of w.weight has not been computed");
});

describe("controls", () => {
  const control = (kind: ControlKind, energy: number, seed = 0): EditSpec => ({
    method: "control",
    control: kind,
    linears: [linear.id],
    energy,
    seed,
  });
  const energies = [0.4, 0.75, 0.97];
  const pairsAt = (energy: number): number => staircaseByEnergy(lambda, mu, energy).pairs;

  test.each(energies)("keep exactly as many as K-FAC pairs at energy %f", async (energy) => {
    const { summary } = await edited({ ...base, energy });
    expect(summary.kept).toBe(pairsAt(energy));
    for (const kind of ["random-pairs", "largest-coefficients", "magnitude"] as const)
      expect((await edited(control(kind, energy))).summary.kept, kind).toBe(summary.kept);
  });

  test.each(energies)("largest coefficients are those of the largest |C| at energy %f", async (energy) => {
    const kept = order(C.map(Math.abs)).slice(0, pairsAt(energy));
    const { weights, density } = await edited(control("largest-coefficients", energy));
    expect(relativeDistance(weights, rebuilt(kept))).toBeLessThan(1e-6);
    expect(density!.shares.some((share) => share > 0)).toBe(true);
  });

  test.each(energies)("magnitude keeps the largest weights themselves at energy %f", async (energy) => {
    const kept = new Set(order(W.map(Math.abs)).slice(0, pairsAt(energy)));
    const { weights, summary, density } = await edited(control("magnitude", energy));
    expect(weights).toEqual(W.map((w, at) => (kept.has(at) ? w : 0)));
    expect([summary.keptEnergy, density]).toEqual([undefined, undefined]);
  });

  test("random pairs are those of the seed, other ones of another seed, and any of them in the long run", async () => {
    const first = await edited(control("random-pairs", 0.75, 1));
    expect(await edited(control("random-pairs", 0.75, 1))).toEqual(first);
    expect((await edited(control("random-pairs", 0.75, 2))).weights).not.toEqual(first.weights);
    const times = new Uint32Array(outputs * inputs);
    const [seeds, count] = [2000, 12];
    for (let seed = 0; seed < seeds; seed++)
      for (const at of order(randomScores(seed, linear.id, outputs, inputs)).slice(0, count)) times[at]! += 1;
    const share = count / times.length;
    const spread = Math.sqrt(seeds * share * (1 - share));
    for (const kept of times) expect(Math.abs(kept - seeds * share)).toBeLessThan(5 * spread);
  });

  test("two matrices of one shape draw differently under one seed", () => {
    expect(randomScores(1, "a.weight", 4, 4)).not.toEqual(randomScores(1, "b.weight", 4, 4));
  });
});

describe("the density of kept pairs", () => {
  test("has whole ranks as edges, from 0 to all of them", () => {
    for (const count of [1, 2, 16, 128, 512, 3000]) {
      const edges = rankEdges(count);
      expect([edges[0], edges.at(-1)]).toEqual([0, count]);
      expect(edges.every((edge, at) => Number.isInteger(edge) && (at === 0 || edge > edges[at - 1]!))).toBe(
        true,
      );
      expect(edges.length).toBeLessThanOrEqual(42);
    }
  });

  test("times the pairs of each cell is the number of kept pairs", () => {
    const mask = Uint8Array.from({ length: 50 * 30 }, (_, at) => ((at * 7) % 3 === 0 ? 1 : 0));
    const { inputEdges, outputEdges, shares } = keptDensity(mask, 50, 30);
    let kept = 0;
    for (let y = 0; y + 1 < outputEdges.length; y++)
      for (let x = 0; x + 1 < inputEdges.length; x++)
        kept +=
          shares[y * (inputEdges.length - 1) + x]! *
          (inputEdges[x + 1]! - inputEdges[x]!) *
          (outputEdges[y + 1]! - outputEdges[y]!);
    expect(kept).toBeCloseTo(
      mask.reduce((sum, one) => sum + one, 0),
      9,
    );
  });
});
