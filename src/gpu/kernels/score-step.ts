import source from "../../../shaders/score-step.wgsl?raw";
import { defineKernel } from "../kernel";

export const scoreStep = defineKernel({
  label: "score-step",
  source,
  entryPoint: "step_scores",
  uniforms: {
    count: "u32",
    momentum: "f32",
    decay: "f32",
    rate: "f32",
  },
  bindings: { G: "read", W: "read", scores: "read_write", velocity: "read_write" },
  overrides: [],
});
