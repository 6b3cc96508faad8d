import type { ClassificationMetrics } from "../../stages/evaluation/types";
import type { ColourName } from "./plot-theme";

export type Metric = Exclude<keyof ClassificationMetrics, "images" | "targeted">;

/** How an accuracy is drawn everywhere: word, colour, and a dash and symbol for those who cannot go by colour. */
export const metricStyles = {
  memorized: { name: "memorized", colour: "memorized", dash: "solid", symbol: "circle" },
  clean: { name: "clean", colour: "clean", dash: "dash", symbol: "square" },
  validation: { name: "validation", colour: "validation", dash: "dot", symbol: "diamond" },
  groundTruth: { name: "ground truth", colour: "ground-truth", dash: "dashdot", symbol: "triangle-up" },
} as const satisfies Record<Metric, { name: string; colour: ColourName; dash: string; symbol: string }>;

export const metrics = [
  "memorized",
  "clean",
  "validation",
  "groundTruth",
] as const satisfies readonly Metric[];
