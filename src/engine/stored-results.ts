import type { Recipe } from "../recipe/schema";
import { validateRecipe } from "../recipe/validate";
import type { LinearSpectrum } from "../stages/spectrum/types";
import type { EditResult, EngineEvent, ScanRow } from "./api";

/**
 * A run kept in a file, so that the page shows a picture before any model is loaded: the events the run sent, in
 * order. As JSON every typed array is a plain array of numbers; float32 values are written as the shortest decimals
 * that read back as the same float32.
 */
export interface StoredResults {
  readonly version: 1;
  readonly recipe: Recipe;
  readonly events: readonly EngineEvent[];
  /** Rows of a layer scan; may be empty. */
  readonly scan: readonly ScanRow[];
  readonly computed: { readonly date: string; readonly device: string };
}

const eventKinds: readonly string[] = [
  "stage-started",
  "progress",
  "stage-finished",
  "notice",
  "data",
  "model",
  "factors",
  "spectrum",
  "bands",
  "images",
  "passages",
  "edit",
  "subnet",
  "memory",
  "failed",
] satisfies EngineEvent["kind"][];

/** The shortest decimal that rounds to the same float32; 9 digits always do. */
function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return value;
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Float32Array) return Array.from(value, shortest);
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Uint8Array) : value;
}

export function encodeStoredResults(results: StoredResults): string {
  return JSON.stringify(results, plain);
}

/** A file written by `encodeStoredResults`, or an error that names what is wrong with it. */
export function decodeStoredResults(text: string): StoredResults {
  const json: unknown = JSON.parse(text);
  if (!isRecord(json) || json.version !== 1) throw new Error("decodeStoredResults: expected version 1");
  const recipe = validateRecipe(json.recipe);
  if (!recipe.ok) throw new Error(`decodeStoredResults: recipe: ${recipe.faults[0]?.message ?? "invalid"}`);
  const { events, scan, computed } = json;
  if (!Array.isArray(events) || !Array.isArray(scan))
    throw new Error("decodeStoredResults: missing events or scan");
  if (!isRecord(computed) || typeof computed.date !== "string" || typeof computed.device !== "string")
    throw new Error("decodeStoredResults: missing date or device");
  return {
    version: 1,
    recipe: recipe.value,
    events: events.map(eventOf),
    scan: (scan as ScanRow[]).map((row) => ({ ...row, metrics: withoutNull(row.metrics) })),
    computed: { date: computed.date, device: computed.device },
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function eventOf(value: unknown, position: number): EngineEvent {
  const kind = isRecord(value) ? value.kind : undefined;
  if (typeof kind !== "string" || !eventKinds.includes(kind))
    throw new Error(`decodeStoredResults: events[${String(position)}]: unknown kind ${String(kind)}`);
  const event = value as EngineEvent;
  if (event.kind === "bands" && !isRecord(event.samples))
    throw new Error(`decodeStoredResults: events[${String(position)}]: bands of how many samples?`);
  if (event.kind === "spectrum") return { ...event, spectra: event.spectra.map(spectrumOf) };
  return event.kind === "edit" ? { ...event, result: editOf(event.result) } : event;
}

function spectrumOf(spectrum: LinearSpectrum): LinearSpectrum {
  return {
    ...spectrum,
    lambda: Float32Array.from(numbers(spectrum.lambda, "lambda")),
    mu: Float32Array.from(numbers(spectrum.mu, "mu")),
    sigma: Float32Array.from(numbers(spectrum.sigma, "sigma")),
  };
}

function editOf(result: EditResult): EditResult {
  const staircases = Object.entries(result.staircases).map(
    ([linear, stairs]) => [linear, Uint32Array.from(numbers(stairs, "staircase"))] as const,
  );
  const whole = { ...result, staircases: Object.fromEntries(staircases) };
  if (whole.modality === "text") return { ...whole, metrics: withoutNull(whole.metrics) };
  const { labels, confidence } = whole.predictions;
  return {
    ...whole,
    metrics: withoutNull(whole.metrics),
    predictions: {
      labels: Uint8Array.from(numbers(labels, "labels")),
      confidence: Float32Array.from(numbers(confidence, "confidence")),
    },
  };
}

/** Means over nothing are NaN, which JSON writes as null: they come back as they were, at every depth. */
export function withoutNull<M extends object>(metrics: M): M {
  const entries = Object.entries(metrics).map(([name, value]: [string, unknown]) => {
    if (value === null) return [name, NaN] as const;
    return [name, isRecord(value) ? withoutNull(value) : value] as const;
  });
  return Object.fromEntries(entries) as M;
}

function numbers(value: unknown, name: string): readonly number[] {
  if (Array.isArray(value) && value.every((entry) => typeof entry === "number")) return value;
  throw new Error(`decodeStoredResults: ${name}: expected a list of numbers`);
}
