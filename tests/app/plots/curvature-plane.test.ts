import { describe, expect, it } from "vitest";
import { bandLimits, energyAtProduct, staircaseCorners } from "../../../src/app/plots/curvature-plane-math";
import { cellAt, cellEdges, planeTicks } from "../../../src/app/plots/curvature-plane-scale";
import { randomUniform } from "./spectra-of-test";
import { staircaseByEnergy } from "../../../src/tensor/staircase";

/** Σ of the products that are at least the threshold, pair by pair. */
function bruteEnergy(lambda: Float32Array, mu: Float32Array, threshold: number): number {
  let [kept, total] = [0, 0];
  for (const a of lambda) {
    for (const b of mu) {
      total += a * b;
      if (a * b >= threshold) kept += a * b;
    }
  }
  return total > 0 ? kept / total : 1;
}

const scales = ["rank", "log-rank", "eigenvalue"] as const;

describe("energyAtProduct", () => {
  it("equals the sum over all pairs, also with ties and zeros", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const lambda = randomUniform(seed, 23, seed % 3 === 0);
      const mu = randomUniform(seed + 100, 17, seed % 2 === 0);
      for (const i of [0, 5, 22]) {
        for (const j of [0, 8, 16]) {
          const threshold = (lambda[i] ?? 0) * (mu[j] ?? 0);
          expect(energyAtProduct(lambda, mu, threshold)).toBeCloseTo(bruteEnergy(lambda, mu, threshold), 12);
        }
      }
    }
  });

  it("undoes staircaseByEnergy: the boundary passes through the pair that was pointed at", () => {
    const lambda = randomUniform(5, 40, false);
    const mu = randomUniform(6, 30, false);
    for (const [i, j] of [
      [0, 0],
      [3, 11],
      [25, 2],
      [39, 29],
    ] as const) {
      const product = (lambda[i] ?? 0) * (mu[j] ?? 0);
      const { keep, threshold } = staircaseByEnergy(lambda, mu, energyAtProduct(lambda, mu, product));
      expect(keep[i]).toBe(j + 1);
      expect(threshold).toBe(product);
    }
  });

  it("keeps everything at threshold 0 and of spectra that are all zero", () => {
    expect(energyAtProduct(Float32Array.of(2, 1), Float32Array.of(3, 0), 0)).toBe(1);
    expect(energyAtProduct(Float32Array.of(0), Float32Array.of(0), 1)).toBe(1);
  });
});

describe("cellEdges", () => {
  it.each(scales)("covers the axis in order (%s), zeros included", (scale) => {
    const edges = cellEdges(Float32Array.of(100, 10, 1, 1e-12, 0, 0), scale);
    expect(edges[0]).toBe(0);
    expect(edges.at(-1)).toBe(1);
    for (let k = 1; k < edges.length; k++) expect(edges[k]).toBeGreaterThanOrEqual(edges[k - 1]!);
  });

  it("places equal factors at equal distances on the eigenvalue scale", () => {
    const edges = cellEdges(Float32Array.of(1000, 100, 10, 1), "eigenvalue");
    expect(edges[2]! - edges[1]!).toBeCloseTo(edges[3]! - edges[2]!, 12);
  });

  it("does not fail on a flat or a single eigenvalue", () => {
    for (const values of [Float32Array.of(1, 1, 1), Float32Array.of(5), Float32Array.of(0, 0)]) {
      for (const scale of scales) {
        const edges = cellEdges(values, scale);
        expect([...edges].every((edge) => edge >= 0 && edge <= 1)).toBe(true);
        expect(planeTicks(values, edges, scale).every(({ at }) => at >= 0 && at <= 1)).toBe(true);
      }
    }
  });
});

describe("cellAt", () => {
  it.each(scales)("finds the cell of every cell's middle (%s)", (scale) => {
    const edges = cellEdges(randomUniform(3, 50, false), scale);
    for (let k = 0; k < 50; k++) {
      const middle = (edges[k]! + edges[k + 1]!) / 2;
      if (edges[k + 1]! > edges[k]!) expect(cellAt(edges, middle)).toBe(k);
    }
    expect(cellAt(edges, 0)).toBe(0);
    expect(cellAt(edges, 1)).toBe(49);
  });
});

describe("staircaseCorners", () => {
  const edges = Float64Array.of(0, 0.25, 0.5, 0.75, 1);

  it("walks along the top of the kept pairs and ends where none is kept", () => {
    const corners = staircaseCorners(Uint32Array.of(3, 3, 1, 0), edges, edges);
    expect([...corners]).toEqual([0, 0.75, 0.5, 0.75, 0.5, 0.25, 0.75, 0.25, 0.75, 0]);
  });

  it("runs along the upper edge when all is kept", () => {
    expect([...staircaseCorners(Uint32Array.of(4, 4, 4, 4), edges, edges)]).toEqual([0, 1, 1, 1]);
  });

  it("encloses as much of the plane as pairs are kept", () => {
    const lambda = randomUniform(9, 30, false);
    const mu = randomUniform(10, 20, false);
    const { keep, pairs } = staircaseByEnergy(lambda, mu, 0.6);
    const corners = staircaseCorners(keep, cellEdges(lambda, "rank"), cellEdges(mu, "rank"));
    let area = 0;
    for (let at = 2; at < corners.length; at += 2) {
      area += (corners[at]! - corners[at - 2]!) * corners[at + 1]!;
    }
    expect(area).toBeCloseTo(pairs / 600, 10);
  });
});

describe("bandLimits", () => {
  it("are those of the paper", () => {
    expect(bandLimits).toEqual([0.1, 0.25, 0.5]);
  });
});
