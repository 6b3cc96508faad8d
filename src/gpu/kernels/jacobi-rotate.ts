import roundRobin from "../../../shaders/lib/round-robin.wgsl?raw";
import source from "../../../shaders/jacobi-rotate.wgsl?raw";
import { defineKernel } from "../kernel";

export const jacobiRotate = defineKernel({
  label: "jacobi-rotate",
  source,
  libraries: [roundRobin],
  entryPoint: "rotate",
  uniforms: {
    blocks: "u32",
    round: "u32",
    splits: "u32",
    inner: "u32",
    firstUnit: "u32",
    tolerance: "f32",
  },
  bindings: {
    crossGrams: "read",
    status: "read",
    diagonalGrams: "read_write",
    E: "read_write",
    activity: "read_write",
    progress: "read_write",
  },
  overrides: ["BLOCK"],
});
