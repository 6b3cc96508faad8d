import type { LinearSpectrum } from "../../stages/spectrum/types";
import { cellEdges, type PlaneScale, type PlaneTick, planeTicks } from "./curvature-plane-scale";

export interface PlaneAxesView {
  readonly x: readonly PlaneTick[];
  readonly y: readonly PlaneTick[];
  readonly xTitle: string;
  readonly yTitle: string;
}

export function planeAxes({ lambda, mu }: LinearSpectrum, scale: PlaneScale): PlaneAxesView {
  const [xTitle, yTitle] =
    scale === "eigenvalue"
      ? ["λ of A / largest", "μ of G / largest"]
      : ["rank i of λ (A)", "rank j of μ (G)"];
  return {
    x: planeTicks(lambda, cellEdges(lambda, scale), scale),
    y: planeTicks(mu, cellEdges(mu, scale), scale),
    xTitle,
    yTitle,
  };
}
