import triangleTile from "../../../shaders/lib/triangle-tile.wgsl?raw";
import source from "../../../shaders/covariance.wgsl?raw";
import { defineKernel } from "../kernel";

export const covariance = defineKernel({
  label: "covariance",
  source,
  libraries: [triangleTile],
  entryPoint: "accumulate",
  uniforms: {
    rows: "u32",
    columns: "u32",
    firstRow: "u32",
    firstTile: "u32",
  },
  bindings: { X: "read", sum: "read_write" },
  overrides: [],
});
