import source from "../../../shaders/ranked-mask.wgsl?raw";
import { defineKernel } from "../kernel";

export const rankedMask = defineKernel({
  label: "ranked-mask",
  source,
  entryPoint: "mask",
  uniforms: {
    rows: "u32",
    columns: "u32",
    threshold: "u32",
    last: "u32",
  },
  bindings: { C: "read", scores: "read", kept: "read_write" },
  overrides: [],
});
