import source from "../../../shaders/gated-row-products.wgsl?raw";
import { defineKernel } from "../kernel";

export const gatedRowProducts = defineKernel({
  label: "gated-row-products",
  source,
  entryPoint: "multiply",
  uniforms: { rows: "u32", outputs: "u32", depth: "u32" },
  bindings: { X: "read", gate: "read", up: "read", Y: "read_write" },
  overrides: ["ROWS"],
});
