import { imageSamples } from "../../../engine/images";
import type { Backend } from "../../../runtime/backend";
import { createWasmBackend } from "../../../runtime/wasm";
import type { DeviceTensor } from "../../../runtime/device-tensor";
import { float32 } from "../../../tensor/host-tensor";
import type { Task } from "../plan";
import { randomFloats } from "./matmul";
import { repeated, type Prepared } from "./prepared";
import { openShipped, type Shipped } from "./shipped";

type ModelTask = Extract<Task, { kind: "model" }>;

/** The same batch of training images for both, kept on the device. */
export async function prepareModel(gpu: Backend, task: ModelTask): Promise<Prepared> {
  const onGpu = task.by !== "forward on wasm";
  const backend = onGpu ? gpu : createWasmBackend(navigator.hardwareConcurrency);
  const shipped = await openShipped(backend, task.model);
  const indices = Array.from({ length: task.batch }, (_, i) => i);
  const images = backend.upload(imageSamples(shipped.recipe.data).input(indices));
  const work = await (task.by === "factors" ? factors : forward)(backend, shipped, images, task);
  return repeated(work.execute, async () => {
    images.release();
    await work.release();
    shipped.model.release();
  });
}

async function forward(backend: Backend, { model }: Shipped, images: DeviceTensor, { batch }: ModelTask) {
  const graph = model.forward(batch);
  const session = await backend.compile(graph, "host");
  const feeds = { ...Object.fromEntries(model.parameters), [graph.inputs[0]?.name ?? ""]: images };
  return {
    execute: async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        for (const output of Object.values(await session.run(feeds))) output.release();
      }
      await backend.settled();
    },
    release: () => session.release(),
  };
}

/** As the factors are collected: sampled labels, every token, nothing read back. */
async function factors(backend: Backend, shipped: Shipped, images: DeviceTensor, task: ModelTask) {
  const { model, recipe } = shipped;
  const ids = task.linears === "all" ? model.summary.linears.map(({ id }) => id) : recipe.factors.linears;
  const taps = model.taps(task.batch, ids, "sampled");
  const session = await backend.compile(taps.graph, "device");
  const draws = Float32Array.from(randomFloats(task.batch, 4), (value) => value + 0.5);
  const uniforms = backend.upload(float32([task.batch, 1], draws));
  const feeds = { ...Object.fromEntries(model.parameters), [taps.input]: images, uniforms };
  const sums = taps.taps.map(({ linear, a, g }) => ({
    names: [a, g],
    sums: [
      backend.linearAlgebra.covarianceSum(`A of ${linear.id}`, linear.inputs),
      backend.linearAlgebra.covarianceSum(`G of ${linear.id}`, linear.outputs),
    ],
  }));
  return {
    execute: async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        const outputs = await session.run(feeds);
        for (const { names, sums: pair } of sums) {
          for (const [position, name] of names.entries()) {
            const output = outputs[name];
            if (!output) throw new Error(`bench: the graph has no output ${name}`);
            pair[position]?.add(output, { first: 0, count: output.shape[0] ?? 0, stride: 1 });
          }
        }
        for (const output of Object.values(outputs)) output.release();
      }
      await backend.settled();
    },
    release: async (): Promise<void> => {
      for (const { sums: pair } of sums) for (const sum of pair) sum.release();
      uniforms.release();
      await session.release();
    },
  };
}
