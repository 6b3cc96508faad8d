import source from "../../../shaders/square.wgsl?raw";
import { defineKernel } from "../kernel";

export const square = defineKernel({
  label: "square",
  source,
  entryPoint: "square",
  uniforms: {
    rows: "u32",
    columns: "u32",
  },
  bindings: { x: "read_write" },
  overrides: [],
});
