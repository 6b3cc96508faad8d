import { create, globals } from "webgpu";

// Gives Node what tests expect of a page: the constants of WebGPU and `navigator.gpu`. Once per process: a second
// instance of Dawn ends the devices of the first.
if (!("GPUBufferUsage" in globalThis)) {
  Object.assign(globalThis, globals);
  const gpu = create(["backend=vulkan"]);
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
}
