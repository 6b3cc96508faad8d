import type { ScanRow } from "../engine/api";
import type { DecaySeries } from "../engine/decay-series";
import { shortLinearName } from "../recipe/linear-name";
import type { BandResponse, LinearBands } from "../stages/spectrum/types";
import type { BookRun } from "./run";
import type { MetricName } from "./tolerances";

/** A figure of a run by itself, for comparison. */
export interface Measure {
  /** What it is of, e.g. `edit 1` or `bands of 3.fc2, K-FAC, top 10 %`. */
  readonly of: string;
  readonly metric: MetricName;
  /** What part of the metric, e.g. `planted` or `capital`; empty for all of it. */
  readonly part: string;
  readonly value: number;
}

type Compared = Pick<BookRun, "edits" | "scan" | "bands" | "bandSamples">;

/** All figures of a run. Texts are compared as a whole. */
export function measuresOf({ edits, scan, bands, bandSamples }: Compared): readonly Measure[] {
  return [
    ...edits.flatMap((row, position) => rowMeasures(`edit ${String(position)}`, row)),
    ...scan.flatMap((row, position) => rowMeasures(`scan ${String(position)}`, row)),
    ...bands.flatMap(bandMeasures),
    ...Object.entries(bandSamples ?? {}).map(([part, value]: [string, number]) => ({
      of: "bands",
      metric: "bandSamples" as const,
      part,
      value,
    })),
  ];
}

function rowMeasures(of: string, { metrics }: ScanRow): readonly Measure[] {
  const one = (metric: MetricName, value: number | undefined, part = ""): readonly Measure[] =>
    value === undefined ? [] : [{ of, metric, part, value }];
  if (!("ndcg" in metrics)) {
    const { images, targeted } = metrics;
    const groups = targeted === undefined ? [] : (["targeted", "untargeted"] as const);
    return [
      ...groups.flatMap((group) =>
        (["memorized", "groundTruth", "images"] as const).flatMap((name) =>
          one(name, targeted?.[group][name], group),
        ),
      ),
      ...(["clean", "memorized", "groundTruth", "validation"] as const).flatMap((name) =>
        one(name, metrics[name]),
      ),
      ...(["clean", "memorized", "validation"] as const).flatMap((group) =>
        one("images", images[group], group),
      ),
    ];
  }
  const { planted, heldOut, quotes, targeted } = metrics;
  const groups = { planted, heldOut, quotes, ...targeted };
  return [
    ...Object.entries(groups).flatMap(([group, recited]) =>
      (["strict", "loose", "levenshtein", "passages"] as const).flatMap((name) =>
        one(name, recited[name], group),
      ),
    ),
    ...(["ndcg", "topOne", "perplexity"] as const).flatMap((name) => one(name, metrics[name])),
    ...(["capital", "export", "month", "sum"] as const).flatMap((kind) =>
      one("facts", metrics.facts[kind], kind),
    ),
  ];
}

/** The figures of a decay series. */
export function decayMeasures({ runs }: DecaySeries): readonly Measure[] {
  return runs.flatMap(({ weightDecay, point, memorizedImages, orders }) => {
    const name = `decay ${String(weightDecay)}`;
    const trained = (["loss", "clean", "memorized", "groundTruth", "validation"] as const).map((metric) => ({
      of: name,
      metric,
      part: "",
      value: point[metric],
    }));
    const ordered = (["product", "lambda"] as const).flatMap((order) =>
      orders[order].bands
        .flatMap(bandMeasures)
        .map((one) => ({ ...one, of: `${name} by ${order}, ${one.of}` })),
    );
    const memorized = { of: name, metric: "bandSamples" as const, part: "memorized", value: memorizedImages };
    return [...trained, memorized, ...ordered];
  });
}

function bandMeasures({ linear, kfac, svd }: LinearBands): readonly Measure[] {
  const all = (basis: string, responses: readonly BandResponse[]): readonly Measure[] =>
    responses.flatMap((response) =>
      (["memorized", "clean"] as const).map((part) => ({
        of: `bands of ${shortLinearName(linear)}, ${basis}, ${response.band.label}`,
        metric: "response" as const,
        part,
        value: response[part],
      })),
    );
  return [...all("K-FAC", kfac), ...all("SVD", svd)];
}
