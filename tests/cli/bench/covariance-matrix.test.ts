import { expect, it } from "vitest";
import { covarianceMatrix } from "../../../src/cli/bench/covariance-matrix";

it("is symmetric, has a positive decaying diagonal and is not diagonal", () => {
  const size = 24;
  const values = covarianceMatrix(size);
  const at = (i: number, j: number): number => values[i * size + j]!;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) expect(at(i, j)).toBe(at(j, i));
  expect(at(0, 0)).toBeGreaterThan(4 * at(size - 1, size - 1));
  expect(at(size - 1, size - 1)).toBeGreaterThan(0);
  expect(Math.abs(at(0, 1))).toBeGreaterThan(0);
});
