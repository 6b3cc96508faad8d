import source from "../../../shaders/cholesky-trailing.wgsl?raw";
import { defineKernel } from "../kernel";

export const choleskyTrailing = defineKernel({
  label: "cholesky-trailing",
  source,
  entryPoint: "update",
  uniforms: {
    padded: "u32",
    block: "u32",
    firstTileRow: "u32",
    firstMatrix: "u32",
  },
  bindings: { G: "read_write" },
  overrides: [],
});
