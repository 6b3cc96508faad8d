import source from "../../../shaders/bit-mask.wgsl?raw";
import { defineKernel } from "../kernel";

export const bitMask = defineKernel({
  label: "bit-mask",
  source,
  entryPoint: "mask",
  uniforms: {
    count: "u32",
  },
  bindings: { W: "read", bits: "read", masked: "read_write" },
  overrides: [],
});
