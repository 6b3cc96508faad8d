import { expect, test } from "vitest";
import { truncationRank } from "../../../src/stages/edit/svd";

test("a share keeps that many singular values, rounded, and at least one above 0", () => {
  expect([0.05, 0.1, 0.2, 0.5, 1].map((keep) => truncationRank(keep, 32))).toEqual([2, 3, 6, 16, 32]);
  expect(truncationRank(0.001, 32)).toBe(1);
  expect(truncationRank(0, 32)).toBe(0);
});

test("a share outside 0..1 is refused", () => {
  expect(() => truncationRank(1.5, 32)).toThrow("from 0 to 1, got 1.5");
  expect(() => truncationRank(-0.1, 32)).toThrow("got -0.1");
  expect(() => truncationRank(NaN, 32)).toThrow("got NaN");
});
