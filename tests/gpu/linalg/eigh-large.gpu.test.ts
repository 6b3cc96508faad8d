import { describe, expect, it } from "vitest";
import { eigh } from "../../../src/gpu/linalg/eigh";
import { readFloats } from "../../../src/gpu/readback";
import { symmetricEigenvalues } from "../../support/float64-eigen";
import { sharedGpu } from "../../support/gpu";
import { spectrumKinds, testMatrix, type SpectrumKind } from "../../support/spectra";

/** Sizes asked for by VITE_EIGH_SIZES, e.g. `512,1024`: minutes on a software adapter, so not run by default. */
const sizes = listed(import.meta.env.VITE_EIGH_SIZES).map(Number);
/** Spectra asked for by VITE_EIGH_KINDS; all if it is left out. */
const wanted = listed(import.meta.env.VITE_EIGH_KINDS);
const kinds = spectrumKinds.filter((kind) => wanted.length === 0 || wanted.includes(kind));
const cases = sizes.flatMap((n) => kinds.map((kind): [SpectrumKind, number] => [kind, n]));
const hours = 3_600_000;

function listed(setting: unknown): string[] {
  return typeof setting === "string" && setting !== "" ? setting.split(",") : [];
}

describe.runIf(sizes.length > 0)("eigh of large matrices", () => {
  it.each(cases)(
    "%s of size %i: orthonormal to 3e-6, residual within 1e-5, values within 2e-6 of float64",
    async (kind, n) => {
      const gpu = await sharedGpu();
      const { float32, float64 } = testMatrix(kind, n);
      const buffer = gpu.buffers.upload(kind, float32);
      const began = performance.now();
      const [result] = await eigh(gpu, [{ name: kind, size: n, buffer }]);
      const seconds = (performance.now() - began) / 1000;
      const vectors = await readFloats(gpu, result!.vectors, n * n);
      gpu.buffers.destroy(buffer, result!.vectors);
      const expected = symmetricEigenvalues(float64, n);
      const largest = expected[0]! > 0 ? expected[0]! : 1;
      const norm = Math.sqrt(float64.reduce((sum, x) => sum + x * x, 0));
      let [orthogonality, squares, eigenvalue] = [0, 0, 0];
      for (let i = 0; i < n; i++) {
        eigenvalue = Math.max(eigenvalue, Math.abs(result!.values[i]! - Math.max(0, expected[i]!)) / largest);
        for (let j = 0; j < n; j++) {
          let inner = i === j ? -1 : 0;
          let image = -result!.values[i]! * vectors[i * n + j]!;
          for (let k = 0; k < n; k++) {
            inner += vectors[i * n + k]! * vectors[j * n + k]!;
            image += float64[j * n + k]! * vectors[i * n + k]!;
          }
          orthogonality = Math.max(orthogonality, Math.abs(inner));
          squares += image ** 2;
        }
      }
      const residual = Math.sqrt(squares) / (norm > 0 ? norm : 1);
      const figures = { orthogonality, residual, eigenvalue };
      const measured = Object.entries(figures).map(([name, figure]) => `${name} ${figure.toExponential(1)}`);
      const { sweeps, updateSweeps } = result!;
      console.info(
        `${kind} ${n}: ${measured.join(", ")}; ${sweeps} sweeps, ${updateSweeps.toFixed(1)} of updates, ${seconds.toFixed(0)} s`,
      );
      expect(orthogonality).toBeLessThanOrEqual(3e-6);
      expect(residual).toBeLessThanOrEqual(1e-5);
      expect(eigenvalue).toBeLessThanOrEqual(2e-6);
      expect(sweeps).toBeLessThanOrEqual(16);
    },
    4 * hours,
  );
});
