import { describe, expect, test } from "vitest";
import { eigh, eighSteps } from "../../../src/tensor/reference/eigh";
import { asPart, runInSlices, runToEnd, type Steps } from "../../../src/tensor/reference/steps";
import { svd, svdSteps } from "../../../src/tensor/reference/svd";
import { product, randomMatrix, transposed } from "../../support/matrices";

function covariance(size: number): Float64Array {
  const x = randomMatrix(size, size, 1);
  return product(transposed(x, size, size), x, size, size, size);
}

function* count(to: number): Steps<string> {
  for (let k = 1; k <= to; k++) yield k / to;
  return "counted";
}

describe("runInSlices", () => {
  test("gives the same eigenvectors as one run, with progress that rises to 1", async () => {
    const matrix = covariance(96);
    const shares: number[] = [];
    const options = { sliceMilliseconds: 0, onProgress: (share: number) => shares.push(share) };
    expect(await runInSlices(eighSteps(matrix, 96), options)).toEqual(eigh(matrix, 96));
    expect(shares.length).toBeGreaterThan(100);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test("reports rising progress for a decomposition that needs several sweeps", async () => {
    const matrix = covariance(48);
    const shares: number[] = [];
    const options = { sliceMilliseconds: 0, onProgress: (share: number) => shares.push(share) };
    expect(await runInSlices(svdSteps(matrix, 48, 48), options)).toEqual(svd(matrix, 48, 48));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  test("lets the event loop turn, so that a timer can cancel", async () => {
    const controller = new AbortController();
    const endless = (function* (): Steps<void> {
      for (;;) yield 0;
    })();
    setTimeout(() => controller.abort(new Error("enough")), 10);
    await expect(runInSlices(endless, { signal: controller.signal, sliceMilliseconds: 2 })).rejects.toThrow(
      "enough",
    );
  });

  test("does not start under a signal that is aborted already", async () => {
    let started = false;
    const steps = (function* (): Steps<void> {
      started = true;
      yield 0;
    })();
    await expect(runInSlices(steps, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(started).toBe(false);
  });
});

test("asPart maps the progress of a part into the whole and returns its result", () => {
  expect([...asPart(count(2), 0.5, 0.7)]).toEqual([0.6, 0.7]);
  expect(runToEnd(asPart(count(2), 0, 1))).toBe("counted");
});
