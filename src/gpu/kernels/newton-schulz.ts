import triangleTile from "../../../shaders/lib/triangle-tile.wgsl?raw";
import source from "../../../shaders/newton-schulz.wgsl?raw";
import { defineKernel } from "../kernel";

export const newtonSchulz = defineKernel({
  label: "newton-schulz",
  source,
  libraries: [triangleTile],
  entryPoint: "residual",
  uniforms: {
    rows: "u32",
    columns: "u32",
    firstTile: "u32",
  },
  bindings: { V: "read", R: "read_write" },
  overrides: [],
});
