import source from "../../../shaders/score-mask.wgsl?raw";
import { defineKernel } from "../kernel";

export const scoreMask = defineKernel({
  label: "score-mask",
  source,
  entryPoint: "mask",
  uniforms: {
    count: "u32",
  },
  bindings: { W: "read", scores: "read", cutoff: "read", masked: "read_write" },
  overrides: [],
});
