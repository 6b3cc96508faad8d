import type * as Jax from "@jax-js/jax";

/** jax-js with this device as the default; loaded only when something is compared with it. */
export async function openJax(device: "wasm" | "webgpu"): Promise<typeof Jax> {
  const jax = await import("@jax-js/jax");
  const devices = await jax.init(device);
  if (!devices.includes(device)) throw new Error(`jax-js has no ${device} here`);
  jax.defaultDevice(device);
  return jax;
}
