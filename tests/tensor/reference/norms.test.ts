import { expect, test } from "vitest";
import { frobeniusNorm, relativeChange } from "../../../src/tensor/reference/norms";

test("the Frobenius norm is the root of the sum of squares, also where squares leave float64", () => {
  expect(frobeniusNorm(Float32Array.of(3, -4))).toBeCloseTo(5, 14);
  expect(frobeniusNorm(Float64Array.of(3e200, 4e200)) / 5e200).toBeCloseTo(1, 14);
  expect(frobeniusNorm(Float64Array.of(3e-200, 4e-200)) / 5e-200).toBeCloseTo(1, 14);
  expect(frobeniusNorm(new Float32Array(0))).toBe(0);
  expect(frobeniusNorm(Float64Array.of(1, NaN, Infinity))).toBeNaN();
  expect(frobeniusNorm(Float64Array.of(1, Infinity))).toBe(Infinity);
});

test("the relative change is the norm of the difference over the norm of the original", () => {
  expect(relativeChange(Float32Array.of(3, 4), Float32Array.of(3, 0))).toBeCloseTo(4 / 3, 14);
  expect(relativeChange(Float32Array.of(0, 0), Float32Array.of(0, 0))).toBe(0);
  expect(relativeChange(Float32Array.of(1, 0), Float32Array.of(0, 0))).toBe(Infinity);
  expect(() => relativeChange(new Float32Array(2), new Float32Array(3))).toThrow("expected 3 values, got 2");
});
