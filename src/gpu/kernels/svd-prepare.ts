import source from "../../../shaders/svd-prepare.wgsl?raw";
import { defineKernel } from "../kernel";

export const svdPrepare = defineKernel({
  label: "svd-prepare",
  source,
  entryPoint: "prepare",
  uniforms: {
    count: "u32",
    columns: "u32",
    padded: "u32",
    rowLength: "u32",
    identityStart: "u32",
    wRow: "u32",
    wColumn: "u32",
    scale: "f32",
  },
  bindings: { W: "read", G: "read_write" },
  overrides: [],
});
