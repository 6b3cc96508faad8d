import source from "../../../shaders/sort-order.wgsl?raw";
import { defineKernel } from "../kernel";

export const sortOrder = defineKernel({
  label: "sort-order",
  source,
  entryPoint: "sort",
  uniforms: {
    count: "u32",
    first: "u32",
    matrixStride: "u32",
    period: "u32",
    periodStride: "u32",
    stride: "u32",
  },
  bindings: { keys: "read", status: "read", order: "read", sorted: "read_write" },
  overrides: [],
});
