import source from "../../../shaders/jacobi-sweep.wgsl?raw";
import { defineKernel } from "../kernel";

export const jacobiSweep = defineKernel({
  label: "jacobi-sweep",
  source,
  entryPoint: "close",
  uniforms: {
    matrices: "u32",
    noise: "f32",
  },
  bindings: { progress: "read_write", status: "read_write" },
  overrides: [],
});
