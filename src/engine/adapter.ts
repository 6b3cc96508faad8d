import type { BackendChoice, DeviceReport, WebGpuOffer } from "./api";

type AdapterTexts = Pick<GPUAdapterInfo, "vendor" | "architecture" | "device" | "description">;

/** Drivers that emulate a GPU on the processor, by a word of what their adapters say of themselves. */
const emulators = [
  { word: /swiftshader/i, name: "SwiftShader" },
  { word: /llvmpipe/i, name: "llvmpipe" },
  { word: /lavapipe/i, name: "lavapipe" },
  { word: /microsoft basic render/i, name: "Microsoft Basic Render Driver" },
] as const;

/** The name of the emulator behind an adapter; undefined for a real GPU. */
export function emulatorOf(
  info: AdapterTexts & { readonly isFallbackAdapter?: boolean },
): string | undefined {
  const text = [info.vendor, info.architecture, info.device, info.description].join(" ");
  const known = emulators.find(({ word }) => word.test(text));
  return known?.name ?? (info.isFallbackAdapter === true ? "a fallback adapter" : undefined);
}

export function describeAdapter({ vendor, architecture, device, description }: AdapterTexts): string {
  const parts = [vendor, architecture, device, description].filter((part) => part !== "");
  return parts.length > 0 ? [...new Set(parts)].join(" ") : "unnamed GPU";
}

/**
 * Where to compute. An emulated GPU is a tenth or less as fast as onnxruntime on the processor that emulates it, so it
 * is only taken if a person says so.
 */
export function chosenBackend(
  choice: BackendChoice | undefined,
  offer: WebGpuOffer,
): DeviceReport["backend"] {
  if (offer.kind === "none" || choice === "cpu") return "wasm";
  return offer.kind === "gpu" || choice === "webgpu" ? "webgpu" : "wasm";
}
