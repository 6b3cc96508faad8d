import { gpuDeviceDescriptor, GpuContext } from "../../src/gpu/device";
import { RandomStream } from "../../src/tensor/random";

async function adapter(): Promise<GPUAdapter> {
  const found = await navigator.gpu.requestAdapter();
  if (found === null) throw new Error("no WebGPU adapter: GPU tests need one");
  return found;
}

/** A context on a new device; `limits: "default"` asks for none of the adapter's own limits. */
export async function gpuContext(limits: "adapter" | "default" = "adapter"): Promise<GpuContext> {
  const found = await adapter();
  const device = await found.requestDevice(limits === "adapter" ? gpuDeviceDescriptor(found) : {});
  return new GpuContext(device);
}

let shared: Promise<GpuContext> | undefined;

/** One context for all tests of a run: compiled kernels are kept. */
export function sharedGpu(): Promise<GpuContext> {
  shared ??= gpuContext();
  return shared;
}

/** Normal random numbers of a seed. */
export function normals(count: number, seed: number): Float32Array<ArrayBuffer> {
  const random = new RandomStream(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}
