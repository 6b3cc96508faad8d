import { expect, test } from "vitest";
import { clampSpectrum } from "../../../src/tensor/reference/semidefinite";

test("negative eigenvalues of the size of float32 rounding are clamped and counted", () => {
  const clamped = clampSpectrum(Float64Array.of(2, 1, 0, -1e-8, -2e-8));
  expect([...clamped.values]).toEqual([2, 1, 0, 0, 0]);
  expect(clamped).toMatchObject({ negative: 2, smallest: -2e-8, semidefinite: true });
});

test("a negative eigenvalue that no rounding explains is reported", () => {
  expect(clampSpectrum(Float64Array.of(2, 1, -1e-3)).semidefinite).toBe(false);
  expect(clampSpectrum(Float64Array.of(0, 0)).semidefinite).toBe(true);
});
