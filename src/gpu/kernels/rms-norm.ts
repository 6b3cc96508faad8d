import source from "../../../shaders/rms-norm.wgsl?raw";
import { defineKernel } from "../kernel";

export const rmsNorm = defineKernel({
  label: "rms-norm",
  source,
  entryPoint: "normalize_rows",
  uniforms: { columns: "u32", added: "u32", epsilon: "f32" },
  bindings: { X: "read", weight: "read", Y: "read_write" },
  overrides: [],
});
