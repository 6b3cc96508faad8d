import roundRobin from "../../../shaders/lib/round-robin.wgsl?raw";
import source from "../../../shaders/jacobi-gram.wgsl?raw";
import { defineKernel } from "../kernel";

export const jacobiGram = defineKernel({
  label: "jacobi-gram",
  source,
  libraries: [roundRobin],
  entryPoint: "gram",
  uniforms: {
    blocks: "u32",
    rowLength: "u32",
    gramLength: "u32",
    round: "u32",
    splits: "u32",
    cross: "u32",
    firstUnit: "u32",
  },
  bindings: { G: "read", order: "read", status: "read", grams: "read_write" },
  overrides: ["BLOCK"],
});
