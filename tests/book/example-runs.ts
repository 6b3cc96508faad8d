import type { BookRun } from "../../src/book/run";
import type { TextMetrics } from "../../src/stages/evaluation/types";
import type { BandResponse } from "../../src/stages/spectrum/types";
import { exampleRecipe } from "../recipe/example";
import { textExample } from "../recipe/text-example";

const computed = { date: "2026-11-25", device: "a processor" };
const images = { clean: 500, memorized: 500, validation: 1000 };

/** Memorized over clean responses of the four bands. */
export function responses(...ratios: readonly number[]): BandResponse[] {
  const edges = [0, 0.1, 0.25, 0.5, 1];
  return ratios.map((ratio, at) => ({
    band: { from: edges[at]!, to: edges[at + 1]!, label: `band ${String(at)}` },
    memorized: 2 * ratio,
    clean: 2,
    memorizedSpread: 0.1,
    cleanSpread: 0.1,
  }));
}

const fc2 = [0, 1, 2, 3].map((layer) => `vit.encoder.layer.${String(layer)}.output.dense.weight`);

/** Four layers of which the last tells memorized from clean; K-FAC forgets and generalizes. */
export const imageRun: BookRun = {
  version: 1,
  recipe: exampleRecipe,
  computed,
  linears: fc2.map((id, layer) => ({ id, layer, role: "fc2", outputs: 4, inputs: 8 })),
  edits: [
    { clean: 0.99, memorized: 0.8, groundTruth: 0.1, validation: 0.7, images },
    { clean: 0.9, memorized: 0.12, groundTruth: 0.6, validation: 0.75, images },
    { clean: 0.5, memorized: 0.15, groundTruth: 0.4, validation: 0.6, images },
  ].map((metrics, at) => ({ edit: exampleRecipe.edits[at]!, metrics })),
  scan: fc2.map((id, layer) => ({
    edit: { method: "kfac", linears: [id], energy: 0.8, selection: "pairs" },
    metrics: { clean: 0.9, memorized: layer === 3 ? 0.2 : 0.5, groundTruth: 0.4, validation: 0.7, images },
  })),
  bands: fc2.map((linear, layer) => ({
    linear,
    kfac: layer === 3 ? responses(0.9, 1, 1.3, 1.5) : responses(1, 1, 1, 1.02),
    svd: responses(1, 1, 1, 1.1),
  })),
  texts: [],
};

function recited(strict: number, ndcg: number): TextMetrics {
  const group = { passages: 120, strict, loose: strict, levenshtein: 0.7 * (1 - strict) };
  return {
    planted: group,
    heldOut: { ...group, passages: 40, strict: 0, loose: 0, levenshtein: 0.75 },
    quotes: { ...group, passages: 40 },
    ndcg,
    topOne: ndcg,
    perplexity: 4 - 0.2 * ndcg,
    facts: { capital: 1, export: 1, month: 1, sum: 0.7 },
  };
}

export const textRun: BookRun = {
  version: 1,
  recipe: textExample,
  computed,
  linears: [],
  edits: [recited(1, 1), recited(0.01, 0.92), recited(0.8, 0.91)].map((metrics, at) => ({
    edit: textExample.edits[at]!,
    metrics,
  })),
  scan: [],
  bands: [],
  texts: ["passage", "quote", "prompt", "prompt"].map((kind, at) => ({
    kind: kind as "passage",
    prompt: `text ${String(at)}`,
    truth: at === 3 ? undefined : " right.",
    continuations: [" right. And", " right. Or", " wrong."],
  })),
};
