import source from "../../../shaders/row-norms.wgsl?raw";
import { defineKernel } from "../kernel";

export const rowNorms = defineKernel({
  label: "row-norms",
  source,
  entryPoint: "norms",
  uniforms: {
    rows: "u32",
    columns: "u32",
    offset: "u32",
    rowStride: "u32",
    resultOffset: "u32",
    rowsAcross: "u32",
  },
  bindings: { X: "read", squares: "read_write" },
  overrides: [],
});
