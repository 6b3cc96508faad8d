import { imageSamples } from "../../../engine/images";
import type { Backend } from "../../../runtime/backend";
import { createWasmBackend } from "../../../runtime/wasm";
import { float32 } from "../../../tensor/host-tensor";
import type { Task } from "../plan";
import { randomFloats } from "./matmul";
import { repeated, type Prepared } from "./prepared";
import { openShippedImages } from "./shipped";
import { factorWork, forwardWork } from "./tap-work";

/** The same batch of training images for both, kept on the device; factors with sampled labels and the tokens of the recipe. */
export async function prepareModel(gpu: Backend, task: Extract<Task, { kind: "model" }>): Promise<Prepared> {
  const backend = task.by === "forward on wasm" ? createWasmBackend(navigator.hardwareConcurrency) : gpu;
  const { model, recipe } = await openShippedImages(backend, task.model);
  const indices = Array.from({ length: task.batch }, (_, i) => i);
  const images = backend.upload(imageSamples(recipe.data).input(indices));
  const draws = Float32Array.from(randomFloats(task.batch, 4), (value) => value + 0.5);
  const uniforms = backend.upload(float32([task.batch, 1], draws));
  const weights = Object.fromEntries(model.parameters);
  const ids = task.linears === "all" ? model.summary.linears.map(({ id }) => id) : recipe.factors.linears;
  const graph = model.forward(task.batch);
  const taps = model.taps(task.batch, ids, "sampled", recipe.factors.tokens);
  const tapFeeds = [{ ...weights, [taps.input]: images, uniforms }];
  const work = await {
    factors: () => factorWork(backend, taps, tapFeeds),
    gradients: () => forwardWork(backend, taps.graph, tapFeeds, "device"),
    forward: () =>
      forwardWork(backend, graph, [{ ...weights, [graph.inputs[0]?.name ?? ""]: images }], "host"),
  }[task.by === "forward on wasm" ? "forward" : task.by]();
  return repeated(work.execute, async () => {
    for (const tensor of [images, uniforms]) tensor.release();
    await work.release();
    model.release();
  });
}
