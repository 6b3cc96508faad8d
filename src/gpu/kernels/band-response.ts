import source from "../../../shaders/band-response.wgsl?raw";
import { defineKernel } from "../kernel";

export const bandResponse = defineKernel({
  label: "band-response",
  source,
  entryPoint: "respond",
  uniforms: {
    images: "u32",
    tokens: "u32",
    directions: "u32",
    firstImage: "u32",
    normalized: "u32",
  },
  bindings: { projection: "read", squares: "read", response: "read_write" },
  overrides: [],
});
