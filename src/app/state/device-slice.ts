import type { DeviceReport, Failure } from "../../engine/api";

/** What computes: known once the engine has been asked. */
export type DeviceState =
  | { readonly kind: "probing" }
  | { readonly kind: "ready"; readonly report: DeviceReport }
  | { readonly kind: "failed"; readonly failure: Failure };
