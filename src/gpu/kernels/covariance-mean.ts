import source from "../../../shaders/covariance-mean.wgsl?raw";
import { defineKernel } from "../kernel";

export const covarianceMean = defineKernel({
  label: "covariance-mean",
  source,
  entryPoint: "finish",
  uniforms: {
    columns: "u32",
    count: "f32",
  },
  bindings: { sum: "read", mean: "read_write" },
  overrides: [],
});
