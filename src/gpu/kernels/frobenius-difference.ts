import source from "../../../shaders/frobenius-difference.wgsl?raw";
import { defineKernel } from "../kernel";

export const frobeniusDifference = defineKernel({
  label: "frobenius-difference",
  source,
  entryPoint: "reduce",
  uniforms: {
    count: "u32",
    workgroups: "u32",
    first: "u32",
  },
  bindings: { A: "read", B: "read", sums: "read_write" },
  overrides: [],
});
