import { describe, expect, test } from "vitest";
import { keptRegion } from "../../../src/stages/edit/kfac";
import { eigh } from "../../../src/tensor/reference/eigh";
import { keepInEigenbasis } from "../../../src/tensor/reference/edit-weights";
import { clampSpectrum } from "../../../src/tensor/reference/semidefinite";
import { staircaseByEnergy } from "../../../src/tensor/staircase";
import { relativeDistance } from "../../support/matrices";
import { floats, readFixture } from "../../support/safetensors-fixture";

describe("keptRegion", () => {
  const staircase = staircaseByEnergy(Float32Array.of(4, 2, 1), Float32Array.of(3, 1), 0.6);

  test("pairs are the staircase itself", () => {
    expect(keptRegion(staircase, "pairs", 2)).toEqual({
      boundary: Uint32Array.of(1, 1, 0),
      kept: 2,
      total: 6,
      keptInputs: 2,
      keptOutputs: 1,
    });
  });

  test("the projection keeps the rectangle of all directions that occur", () => {
    const wider = staircaseByEnergy(Float32Array.of(4, 2, 1), Float32Array.of(3, 1), 0.7);
    expect([...wider.keep]).toEqual([2, 1, 0]);
    expect(keptRegion(wider, "projection", 2)).toEqual({
      boundary: Uint32Array.of(2, 2, 0),
      kept: 4,
      total: 6,
      keptInputs: 2,
      keptOutputs: 2,
    });
  });
});

describe.each(["vit-random", "olmo2-random"])("edits of %s from its own A, G and W", (fixture) => {
  const expected = readFixture(`${fixture}/expected.safetensors`);
  const model = readFixture(`${fixture}/model.safetensors`);
  const linears = [...expected.keys()].filter((key) => key.endsWith(".A")).map((key) => key.slice(0, -2));

  test("covers every linear with factors", () => expect(linears.length).toBeGreaterThan(5));

  test.each(linears)("%s equals what PyTorch computed, at every energy and by both selections", (linear) => {
    const inputs = expected.get(`${linear}.A`)!.shape[0]!;
    const outputs = expected.get(`${linear}.G`)!.shape[0]!;
    const A = eigh(floats(expected, `${linear}.A`), inputs);
    const G = eigh(floats(expected, `${linear}.G`), outputs);
    const [lambda, mu] = [clampSpectrum(A.values).values, clampSpectrum(G.values).values];
    const weights = floats(model, `${linear}.weight`);
    const basis = { weights, outputs, inputs, UA: A.vectors, UG: G.vectors };
    for (const energy of ["0.6", "0.8", "0.95"]) {
      const staircase = staircaseByEnergy(lambda, mu, Number(energy));
      for (const selection of ["pairs", "projection"] as const) {
        const region = keptRegion(staircase, selection, outputs);
        const edited = keepInEigenbasis(basis, region.boundary);
        const reference = floats(expected, `${linear}.weight.${selection}@${energy}`);
        expect(relativeDistance(edited, reference)).toBeLessThan(1e-5);
      }
    }
    const whole = keptRegion(staircaseByEnergy(lambda, mu, 1), "pairs", outputs);
    expect(relativeDistance(keepInEigenbasis(basis, whole.boundary), weights)).toBeLessThan(1e-13);
    const none = keptRegion(staircaseByEnergy(lambda, mu, 0), "pairs", outputs);
    expect(keepInEigenbasis(basis, none.boundary).every((x) => x === 0)).toBe(true);
  });
});
