import type { DeviceReport, Failure } from "../../engine/api";

/** What computes: known once the engine has been asked. */
export type DeviceState =
  | { readonly kind: "probing" }
  | { readonly kind: "ready"; readonly report: DeviceReport }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Not where a browser only lacks WebGPU: it may be a phone's, and stored results are there to look at. */
export function runsByItself(device: DeviceState): boolean {
  return device.kind === "ready" && (device.report.webgpu.kind !== "none" || device.report.choice === "cpu");
}
