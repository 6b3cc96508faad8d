import source from "../../../shaders/staircase-mask.wgsl?raw";
import { defineKernel } from "../kernel";

export const staircaseMask = defineKernel({
  label: "staircase-mask",
  source,
  entryPoint: "mask",
  uniforms: {
    outputs: "u32",
    inputs: "u32",
  },
  bindings: { C: "read", boundary: "read", kept: "read_write" },
  overrides: [],
});
