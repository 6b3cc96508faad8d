import source from "../../../shaders/matmul.wgsl?raw";
import { defineKernel } from "../kernel";

export const matmul = defineKernel({
  label: "matmul",
  source,
  entryPoint: "multiply",
  uniforms: {
    m: "u32",
    n: "u32",
    k: "u32",
    aOffset: "u32",
    aRow: "u32",
    aColumn: "u32",
    bOffset: "u32",
    bRow: "u32",
    bColumn: "u32",
    firstTileRow: "u32",
    alpha: "f32",
    beta: "f32",
  },
  bindings: { A: "read", B: "read", C: "read_write" },
  overrides: [],
});
