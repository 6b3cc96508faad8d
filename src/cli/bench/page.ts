import { openBackend, type OpenedBackend } from "../../engine/backend";
import { LabError } from "../../engine/failure";
import type { Backend } from "../../runtime/backend";
import { createWasmBackend } from "../../runtime/wasm";
import { prepareEigh } from "./page/eigh";
import { prepareEnergy } from "./page/energy";
import { prepareCollection, prepareDecoding } from "./page/language-model";
import { prepareCovariance, prepareMatmul } from "./page/matmul";
import { prepareModel } from "./page/model";
import type { Prepared } from "./page/prepared";
import { prepareTextEnergy } from "./page/text-energy";
import type { Task } from "./plan";

/** Runs in Chromium: prepares and times tasks on the backend that the lab itself would open. */

let opened: OpenedBackend | undefined;
let cpu: Backend | undefined;
const prepared = new Map<string, Prepared>();

function prepare(task: Task): Promise<Prepared> {
  const backend = opened?.backend;
  if (!backend) throw new Error("bench: the page has not been opened");
  switch (task.kind) {
    case "matmul":
      return prepareMatmul(backend, task);
    case "covariance":
      return prepareCovariance(task);
    case "eigh":
      return prepareEigh(task.by === "eigenband on wasm" ? onCpu() : backend, task);
    case "model":
      return prepareModel(backend, task);
    case "energy":
      return prepareEnergy(task.on === "webgpu" ? backend : onCpu(), task);
    case "collection":
      return prepareCollection(task.on === "webgpu" ? backend : onCpu(), task);
    case "decoding":
      return prepareDecoding(task.on === "webgpu" ? backend : onCpu(), task);
    case "text energy":
      return prepareTextEnergy(task.on === "webgpu" ? backend : onCpu(), task);
  }
}

function onCpu(): Backend {
  cpu ??= createWasmBackend(opened?.report.threads ?? 1);
  return cpu;
}

function known(key: string): Prepared {
  const task = prepared.get(key);
  if (!task) throw new Error(`bench: ${key} has not been prepared`);
  return task;
}

window.benchPage = {
  open: async () => {
    opened = await openBackend("webgpu");
    if (opened.report.backend !== "webgpu") {
      throw new LabError(
        `Chromium has no WebGPU: ${opened.report.webgpu.description}.`,
        "Use a newer Chromium.",
      );
    }
    return opened.report;
  },
  prepare: async (key, task) => {
    prepared.set(key, await prepare(task));
  },
  run: async (key) => {
    const { execute, repeats } = known(key);
    const began = performance.now();
    await execute(repeats);
    return (performance.now() - began) / repeats;
  },
  release: async (key) => {
    await known(key).release();
    prepared.delete(key);
  },
};
