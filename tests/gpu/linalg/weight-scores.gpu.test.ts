import { beforeAll, expect, it } from "vitest";
import type { GpuContext } from "../../../src/gpu/device";
import { maskByBits, WeightScores } from "../../../src/gpu/linalg/weight-scores";
import { readFloats } from "../../../src/gpu/readback";
import { keptBits, stepScores } from "../../../src/tensor/reference/weight-scores";
import { normals, sharedGpu } from "../../support/gpu";
import { relativeDistance } from "../../support/matrices";
import { drawnScores, keptByOrder } from "../../support/weight-scores";

let gpu: GpuContext;
beforeAll(async () => {
  gpu = await sharedGpu();
});

it.each([
  [1, [0, 1]],
  [255, [0, 1, 13, 254, 255]],
  [5000, [0, 1, 250, 2500, 4999, 5000]],
  // More entries than one workgroup masks, and more than 16 bits count.
  [70_001, [3500, 65_537]],
])("masks of %i scores drop what sorting drops", async (count, drops) => {
  const bytes = gpu.buffers.bytes;
  const weights = normals(count, 5);
  const W = gpu.buffers.upload("W", weights);
  for (const ties of [false, true]) {
    const scores = drawnScores(count, count, ties);
    for (const dropped of drops) {
      const kept = keptByOrder(scores, dropped);
      const expected = weights.map((weight, k) => (kept[k]! ? weight : 0));
      const held = new WeightScores(gpu, W, scores, dropped);
      expect(await readFloats(gpu, held.masked, count), `${dropped}, ties ${ties}`).toEqual(expected);
      expect(await held.read()).toEqual(scores);
      held.destroy();
      const masked = maskByBits(gpu, W, keptBits(scores, dropped), count);
      expect(await readFloats(gpu, masked, count)).toEqual(expected);
      gpu.buffers.destroy(masked);
    }
  }
  gpu.buffers.destroy(W);
  expect(gpu.buffers.bytes).toBe(bytes);
});

it("steps move scores, velocity and mask as the CPU's do", async () => {
  const [count, dropped] = [6000, 300];
  const weights = normals(count, 6);
  const scores = drawnScores(count, 7, false);
  scores[11] = 0;
  const W = gpu.buffers.upload("W", weights);
  const held = new WeightScores(gpu, W, scores, dropped);
  const exact = Float32Array.from(scores);
  const velocity = new Float32Array(count);
  const before = await readFloats(gpu, held.masked, count);
  for (let step = 0; step < 6; step++) {
    const gradient = normals(count, 20 + step);
    const G = gpu.buffers.upload("G", gradient);
    // Every other step is a part of the next: it moves no score.
    const how =
      step % 2 === 0 ? { momentum: 0.9, decay: 0.01, rate: 0 } : { momentum: 1, decay: 0, rate: 0.05 };
    held.step(G, how);
    stepScores(exact, velocity, gradient, weights, how);
    if (step === 0) expect(await readFloats(gpu, held.masked, count)).toEqual(before);
    gpu.buffers.destroy(G);
  }
  const moved = await held.read();
  expect(relativeDistance(moved, exact)).toBeLessThan(1e-6);
  expect(moved[11]).toBe(0);
  const masked = await readFloats(gpu, held.masked, count);
  expect(masked).not.toEqual(before);
  const kept = keptByOrder(moved, dropped);
  expect(masked).toEqual(weights.map((weight, k) => (kept[k]! ? weight : 0)));
  held.destroy();
  gpu.buffers.destroy(W);
});

it("scores with the velocity of others go on as those do, bit for bit", async () => {
  const [count, dropped] = [5000, 250];
  const W = gpu.buffers.upload("W", normals(count, 8));
  const how = { momentum: 0.9, decay: 0.01, rate: 0.05 };
  const held = new WeightScores(gpu, W, drawnScores(count, 9, false), dropped);
  const step = (scores: WeightScores, seed: number): void => {
    const G = gpu.buffers.upload("G", normals(count, seed));
    scores.step(G, how);
    gpu.buffers.destroy(G);
  };
  step(held, 30);
  step(held, 31);
  const copy = new WeightScores(gpu, W, await held.read(), dropped, await held.readVelocity());
  for (const scores of [held, copy]) step(scores, 32);
  expect(await copy.read()).toEqual(await held.read());
  expect(await copy.readVelocity()).toEqual(await held.readVelocity());
  expect(await readFloats(gpu, copy.masked, count)).toEqual(await readFloats(gpu, held.masked, count));
  held.destroy();
  copy.destroy();
  gpu.buffers.destroy(W);
});
