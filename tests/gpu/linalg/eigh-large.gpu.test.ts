import { describe, expect, it } from "vitest";
import { eigh } from "../../../src/gpu/linalg/eigh";
import { readFloats } from "../../../src/gpu/readback";
import { symmetricEigenvalues } from "../../support/float64-eigen";
import { sharedGpu } from "../../support/gpu";
import { testMatrix } from "../../support/spectra";

/** Sizes asked for by VITE_EIGH_SIZES, e.g. `512,1024`: minutes on a software adapter, so not run by default. */
const setting: unknown = import.meta.env.VITE_EIGH_SIZES;
const sizes = typeof setting === "string" ? setting.split(",").map(Number) : [];
const hours = 3_600_000;

describe.runIf(sizes.length > 0)("eigh of large matrices", () => {
  it.each(sizes.flatMap((n) => (["activations", "wishart"] as const).map((kind) => [kind, n] as const)))(
    "%s of size %i: orthonormal to 3e-6, values within 3e-6, eigenvectors map to multiples of themselves",
    async (kind, n) => {
      const gpu = await sharedGpu();
      const { float32, float64 } = testMatrix(kind, n);
      const buffer = gpu.buffers.upload(kind, float32);
      const [result] = await eigh(gpu, [{ name: kind, size: n, buffer }]);
      const vectors = await readFloats(gpu, result!.vectors, n * n);
      gpu.buffers.destroy(buffer, result!.vectors);
      const expected = symmetricEigenvalues(float64, n);
      const norm = Math.sqrt(float64.reduce((sum, x) => sum + x * x, 0));
      let [orthogonality, residual, eigenvalue] = [0, 0, 0];
      for (let i = 0; i < n; i++) {
        eigenvalue = Math.max(eigenvalue, Math.abs(result!.values[i]! - expected[i]!) / expected[0]!);
        for (let j = 0; j < n; j++) {
          let inner = i === j ? -1 : 0;
          let image = -result!.values[i]! * vectors[i * n + j]!;
          for (let k = 0; k < n; k++) {
            inner += vectors[i * n + k]! * vectors[j * n + k]!;
            image += float64[j * n + k]! * vectors[i * n + k]!;
          }
          orthogonality = Math.max(orthogonality, Math.abs(inner));
          residual += image ** 2;
        }
      }
      expect(orthogonality).toBeLessThanOrEqual(3e-6);
      expect(eigenvalue).toBeLessThanOrEqual(3e-6);
      expect(Math.sqrt(residual) / norm).toBeLessThanOrEqual(2e-5);
      expect(result!.sweeps).toBeLessThanOrEqual(16);
    },
    2 * hours,
  );
});
