import source from "../../../shaders/rayleigh-quotient.wgsl?raw";
import { defineKernel } from "../kernel";

export const rayleighQuotient = defineKernel({
  label: "rayleigh-quotient",
  source,
  entryPoint: "quotient",
  uniforms: { rows: "u32", columns: "u32", rowsAcross: "u32", shift: "f32", large: "f32" },
  bindings: { V: "read", AV: "read", squares: "read", rowOrder: "read", values: "read_write" },
  overrides: [],
});
