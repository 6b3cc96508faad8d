import source from "../../../shaders/embed-rows.wgsl?raw";
import { defineKernel } from "../kernel";

export const embedRows = defineKernel({
  label: "embed-rows",
  source,
  entryPoint: "embed",
  uniforms: { columns: "u32" },
  bindings: { tokens: "read", embeddings: "read", Y: "read_write" },
  overrides: [],
});
