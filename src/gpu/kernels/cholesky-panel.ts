import source from "../../../shaders/cholesky-panel.wgsl?raw";
import { defineKernel } from "../kernel";

export const choleskyPanel = defineKernel({
  label: "cholesky-panel",
  source,
  entryPoint: "solve",
  uniforms: {
    padded: "u32",
    block: "u32",
  },
  bindings: { G: "read_write" },
  overrides: [],
});
