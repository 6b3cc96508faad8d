import source from "../../../shaders/cached-attention.wgsl?raw";
import { defineKernel } from "../kernel";

export const cachedAttention = defineKernel({
  label: "cached-attention",
  source,
  entryPoint: "attend",
  uniforms: { heads: "u32", keyValueHeads: "u32", headSize: "u32", capacity: "u32", stride: "u32" },
  bindings: { Q: "read", K: "read", V: "read", positions: "read", scores: "read_write", mixed: "read_write" },
  overrides: [],
});
