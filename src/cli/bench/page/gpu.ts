import { GpuContext, gpuDeviceDescriptor } from "../../../gpu/device";

let opened: Promise<GpuContext> | undefined;

async function open(): Promise<GpuContext> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("bench: no WebGPU adapter");
  return new GpuContext(await adapter.requestDevice(gpuDeviceDescriptor(adapter)));
}

/** The lab's kernels on a device of their own, for products into memory that is there already. */
export function openGpu(): Promise<GpuContext> {
  opened ??= open();
  return opened;
}
