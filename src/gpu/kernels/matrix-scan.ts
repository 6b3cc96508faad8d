import source from "../../../shaders/matrix-scan.wgsl?raw";
import { defineKernel } from "../kernel";

export const matrixScan = defineKernel({
  label: "matrix-scan",
  source,
  entryPoint: "scan",
  uniforms: {
    rows: "u32",
    columns: "u32",
    slot: "u32",
  },
  bindings: { A: "read", result: "read_write" },
  overrides: [],
});
