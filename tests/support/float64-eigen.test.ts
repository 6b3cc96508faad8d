import { describe, expect, it } from "vitest";
import { singularValues, symmetricEigenvalues } from "./float64-eigen";
import { orthonormalRows } from "./spectra";

describe("the float64 reference", () => {
  it("finds the known eigenvalues 2 − 2cos(kπ/(n+1)) of the second difference, hidden by a reflection", () => {
    const n = 40;
    const T = Float64Array.from({ length: n * n }, (_, at) => {
      const distance = Math.abs(Math.floor(at / n) - (at % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    // H = I - 2vvᵀ, A = HTH
    const v = orthonormalRows(1, n, 7);
    const H = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return (i === j ? 1 : 0) - 2 * v[i]! * v[j]!;
    });
    const times = (X: Float64Array, Y: Float64Array) =>
      Float64Array.from({ length: n * n }, (_, at) => {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += X[Math.floor(at / n) * n + k]! * Y[k * n + (at % n)]!;
        return sum;
      });
    const values = symmetricEigenvalues(times(times(H, T), H), n);
    for (let k = 1; k <= n; k++) {
      expect(values[n - k]).toBeCloseTo(2 - 2 * Math.cos((k * Math.PI) / (n + 1)), 12);
    }
  });

  it("finds singular values of a product of orthonormal bases", () => {
    const [m, n] = [6, 9];
    const [U, V] = [orthonormalRows(3, m, 1), orthonormalRows(3, n, 2)];
    const W = Float64Array.from({ length: m * n }, (_, at) =>
      [5, 2, 1].reduce((sum, s, i) => sum + s * U[i * m + Math.floor(at / n)]! * V[i * n + (at % n)]!, 0),
    );
    const values = singularValues(W, m, n);
    [5, 2, 1, 0, 0, 0].forEach((s, i) => {
      expect(values[i]).toBeCloseTo(s, 6);
    });
  });
});
