import source from "../../../shaders/cholesky-diagonal.wgsl?raw";
import { defineKernel } from "../kernel";

export const choleskyDiagonal = defineKernel({
  label: "cholesky-diagonal",
  source,
  entryPoint: "factor",
  uniforms: {
    padded: "u32",
    block: "u32",
  },
  bindings: { G: "read_write", failed: "read_write" },
  overrides: [],
});
