import { gpuDeviceDescriptor } from "../gpu/device";
import type { Backend } from "../runtime/backend";
import { createWasmBackend } from "../runtime/wasm";
import { createWebGpuBackend } from "../runtime/webgpu";
import type { DeviceReport } from "./api";

const mostThreads = 8;

export interface OpenedBackend {
  readonly backend: Backend;
  readonly report: DeviceReport;
  /** Resolves when the GPU is gone and a new backend is needed; never without a GPU. */
  readonly lost: Promise<void>;
}

function describe({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const parts = [vendor, architecture, device, description].filter((part) => part !== "");
  return parts.length > 0 ? [...new Set(parts)].join(" ") : "unnamed GPU";
}

async function requestDevice(): Promise<{ device: GPUDevice; description: string } | string> {
  // `navigator.gpu` is absent where WebGPU is not offered, whatever the types say.
  const gpu: GPU | undefined = "gpu" in navigator ? navigator.gpu : undefined;
  if (!gpu) return "this browser does not offer WebGPU";
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return "this browser offers WebGPU but no GPU for it";
    const device = await adapter.requestDevice(gpuDeviceDescriptor(adapter));
    return { device, description: describe(adapter.info) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** WebGPU where it can be had; otherwise the CPU, with the reason in the report. */
export async function openBackend(): Promise<OpenedBackend> {
  const isolated = self.crossOriginIsolated;
  const threads = isolated ? Math.min(mostThreads, navigator.hardwareConcurrency) : 1;
  const requested = await requestDevice();
  if (typeof requested === "string") {
    return {
      backend: createWasmBackend(threads),
      report: { backend: "wasm", description: requested, threads, crossOriginIsolated: isolated },
      lost: new Promise(() => undefined),
    };
  }
  const { device, description } = requested;
  return {
    backend: createWebGpuBackend(device),
    report: { backend: "webgpu", description, threads, crossOriginIsolated: isolated },
    lost: device.lost.then(() => undefined),
  };
}
