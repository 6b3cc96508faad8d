import source from "../../../shaders/rotate-into-cache.wgsl?raw";
import { defineKernel } from "../kernel";

export const rotateIntoCache = defineKernel({
  label: "rotate-into-cache",
  source,
  entryPoint: "rotate",
  uniforms: { heads: "u32", keyValueHeads: "u32", headSize: "u32", capacity: "u32", epsilon: "f32" },
  bindings: {
    queryWeight: "read",
    keyWeight: "read",
    cosines: "read",
    sines: "read",
    positions: "read",
    QKV: "read_write",
    keys: "read_write",
    values: "read_write",
  },
  overrides: [],
});
