import source from "../../../shaders/eigh-prepare.wgsl?raw";
import { defineKernel } from "../kernel";

export const eighPrepare = defineKernel({
  label: "eigh-prepare",
  source,
  entryPoint: "prepare",
  uniforms: {
    size: "u32",
    padded: "u32",
    slot: "u32",
    scale: "f32",
    shift: "f32",
  },
  bindings: { A: "read", order: "read", G: "read_write" },
  overrides: [],
});
