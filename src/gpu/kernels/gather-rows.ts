import source from "../../../shaders/gather-rows.wgsl?raw";
import { defineKernel } from "../kernel";

export const gatherRows = defineKernel({
  label: "gather-rows",
  source,
  entryPoint: "gather",
  uniforms: {
    columns: "u32",
    offset: "u32",
    rowStride: "u32",
    rowOrderOffset: "u32",
    squaresOffset: "u32",
    normalize: "u32",
  },
  bindings: { X: "read", rowOrder: "read", columnOrder: "read", squares: "read", Y: "read_write" },
  overrides: [],
});
