import source from "../../../shaders/row-products.wgsl?raw";
import { defineKernel } from "../kernel";

export const rowProducts = defineKernel({
  label: "row-products",
  source,
  entryPoint: "multiply",
  uniforms: { rows: "u32", outputs: "u32", depth: "u32", first: "u32", stride: "u32" },
  bindings: { X: "read", W: "read", Y: "read_write" },
  overrides: ["ROWS"],
});
