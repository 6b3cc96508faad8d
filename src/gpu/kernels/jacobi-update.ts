import roundRobin from "../../../shaders/lib/round-robin.wgsl?raw";
import source from "../../../shaders/jacobi-update.wgsl?raw";
import { defineKernel } from "../kernel";

export const jacobiUpdate = defineKernel({
  label: "jacobi-update",
  source,
  libraries: [roundRobin],
  entryPoint: "update",
  uniforms: {
    blocks: "u32",
    rowLength: "u32",
    round: "u32",
    firstUnit: "u32",
  },
  bindings: { E: "read", activity: "read", order: "read", status: "read", G: "read_write" },
  overrides: ["BLOCK"],
});
