import source from "../../../shaders/row-scores.wgsl?raw";
import { defineKernel } from "../kernel";

export const rowScores = defineKernel({
  label: "row-scores",
  source,
  entryPoint: "score",
  uniforms: { rows: "u32", columns: "u32", rowsAcross: "u32", count: "u32" },
  bindings: { X: "read", labels: "read", scores: "read_write", top: "read_write" },
  overrides: [],
});
