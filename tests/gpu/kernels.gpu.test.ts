import { beforeAll, expect, it } from "vitest";
import type { GpuContext } from "../../src/gpu/device";
import { Pipeline, type Bindings, type Kernel, type Uniforms } from "../../src/gpu/kernel";
import { gpuContext } from "../support/gpu";

const modules = import.meta.glob<Record<string, Kernel<Uniforms, Bindings>>>("../../src/gpu/kernels/*.ts", {
  eager: true,
});
const kernels = Object.values(modules).flatMap((module) => Object.values(module));

let gpu: GpuContext;
beforeAll(async () => {
  gpu = await gpuContext("default");
});

it.each(kernels)("$label compiles on a device with default limits", async (kernel) => {
  gpu.device.pushErrorScope("validation");
  const overrides: Readonly<Record<string, number>> = kernel.overrides.includes("BLOCK") ? { BLOCK: 16 } : {};
  new Pipeline(gpu.device, kernel, overrides, gpu.uniforms);
  const error = await gpu.device.popErrorScope();
  expect(error?.message).toBeUndefined();
});
