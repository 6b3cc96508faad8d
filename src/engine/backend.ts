import { gpuDeviceDescriptor } from "../gpu/device";
import type { Backend } from "../runtime/backend";
import { createWasmBackend } from "../runtime/wasm";
import { createWebGpuBackend } from "../runtime/webgpu";
import { chosenBackend, describeAdapter, emulatorOf } from "./adapter";
import type { BackendChoice, DeviceReport, WebGpuOffer } from "./api";

const mostThreads = 8;

export interface OpenedBackend {
  readonly backend: Backend;
  readonly report: DeviceReport;
  /** Resolves when the GPU is gone and a new backend is needed; never without a GPU. */
  readonly lost: Promise<void>;
}

function none(description: string): { readonly webgpu: WebGpuOffer } {
  return { webgpu: { kind: "none", description } };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function offered(): Promise<{ readonly webgpu: WebGpuOffer; readonly adapter?: GPUAdapter }> {
  // `navigator.gpu` is absent where WebGPU is not offered, whatever the types say.
  const gpu: GPU | undefined = "gpu" in navigator ? navigator.gpu : undefined;
  if (!gpu)
    return none(
      self.isSecureContext
        ? "this browser does not offer it"
        : "browsers offer it only to pages from https or localhost",
    );
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return none("this browser finds no GPU for it");
    const emulator = emulatorOf(adapter.info);
    const description = describeAdapter(adapter.info);
    return {
      webgpu:
        emulator === undefined ? { kind: "gpu", description } : { kind: "emulated", description, emulator },
      adapter,
    };
  } catch (error) {
    return none(reasonOf(error));
  }
}

/**
 * WebGPU on a GPU where there is one; otherwise the CPU. A choice goes before, as far as the browser can follow it; the
 * report tells what it offers.
 */
export async function openBackend(choice?: BackendChoice): Promise<OpenedBackend> {
  const isolated = self.crossOriginIsolated;
  const threads = isolated ? Math.min(mostThreads, navigator.hardwareConcurrency) : 1;
  const report = { threads, crossOriginIsolated: isolated, choice };
  const onCpu = (webgpu: WebGpuOffer): OpenedBackend => ({
    backend: createWasmBackend(threads),
    report: { ...report, backend: "wasm", webgpu },
    lost: new Promise(() => undefined),
  });
  const { webgpu, adapter } = await offered();
  if (adapter === undefined || chosenBackend(choice, webgpu) === "wasm") return onCpu(webgpu);
  try {
    const device = await adapter.requestDevice(gpuDeviceDescriptor(adapter));
    return {
      backend: createWebGpuBackend(device),
      report: { ...report, backend: "webgpu", webgpu },
      lost: device.lost.then(() => undefined),
    };
  } catch (error) {
    return onCpu(none(reasonOf(error)).webgpu);
  }
}
