import source from "../../../shaders/score-cutoff.wgsl?raw";
import { defineKernel } from "../kernel";

export const scoreCutoff = defineKernel({
  label: "score-cutoff",
  source,
  entryPoint: "cutoff",
  uniforms: {
    count: "u32",
    dropped: "u32",
  },
  bindings: { scores: "read", result: "read_write" },
  overrides: [],
});
