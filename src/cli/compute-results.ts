import type { BookRun, WrittenText } from "../book/run";
import type { EditResult, EngineEvent, ScanRow } from "../engine/api";
import type { Pipeline } from "../engine/pipeline";
import { withScanned } from "../engine/scan";
import type { StoredResults } from "../engine/stored-results";
import type { Recipe } from "../recipe/schema";
import type { EditSpec } from "../stages/edit/types";
import type { LinearId } from "../stages/model/types";
import { writtenTexts } from "./written-texts";

export interface ComputeOptions {
  /** Edits of single matrices, evaluated after those of the recipe. */
  readonly scan: readonly EditSpec[];
  /** Whether passages and common prompts are written down. */
  readonly texts: boolean;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Hears the edits of the recipe before anything is scanned. */
  readonly onResults?: (results: readonly EditResult[]) => void;
  readonly onScanned?: (row: ScanRow) => void;
}

export interface Computed {
  readonly recipe: Recipe;
  /** What a stored run keeps: results, the last of each kind; neither progress nor times. */
  readonly events: readonly EngineEvent[];
  /** In the order of the recipe's edits. */
  readonly results: readonly EditResult[];
  readonly scan: readonly ScanRow[];
  readonly texts: readonly WrittenText[];
}

/** Runs a recipe and what else is asked for. */
export async function computeResults(
  pipeline: Pipeline,
  recipe: Recipe,
  { scan, texts, signal, onEvent, onResults, onScanned }: ComputeOptions,
): Promise<Computed> {
  const slots = new Map<string, EngineEvent>();
  await pipeline.run(recipe, signal, (event) => {
    onEvent?.(event);
    if (!keepsForStore(event)) return;
    // Of what is told twice, the last is whole.
    slots.delete(slotOf(event));
    slots.set(slotOf(event), event);
  });
  const events = [...slots.values()];
  const results = events
    .flatMap((event) => (event.kind === "edit" ? [event.result] : []))
    .toSorted((a, b) => a.position - b.position);
  onResults?.(results);
  const rows: ScanRow[] = [];
  const scanned = withScanned(recipe, { linears: linearsOf(scan), energies: [], keeps: [] });
  for (const edit of scan) {
    const context = { signal, onProgress: (): void => undefined };
    const { metrics } = await pipeline.evaluate(scanned, edit, context);
    rows.push({ edit, metrics });
    onScanned?.({ edit, metrics });
  }
  const written = texts ? await writtenTexts(pipeline, recipe, events, results, signal) : [];
  return { recipe, events, results, scan: rows, texts: written };
}

/** The matrices of some edits, each once. */
function linearsOf(edits: readonly EditSpec[]): readonly LinearId[] {
  return [...new Set(edits.flatMap((edit) => (edit.method === "none" ? [] : edit.linears)))];
}

function slotOf(event: EngineEvent): string {
  return event.kind === "edit" ? `edit ${event.result.position}` : event.kind;
}

function keepsForStore(event: EngineEvent): boolean {
  if (event.kind === "edit") return true;
  return ["data", "model", "factors", "spectrum", "bands", "images", "passages"].includes(event.kind);
}

/** When and on what results were computed, as it stands beside them. */
export function computedHere(): StoredResults["computed"] {
  return { date: new Date().toISOString().slice(0, 10), device: "onnxruntime-node, CPU, float32" };
}

/** All of a run, as the page shows it before its model is loaded. */
export function asStoredResults({ recipe, events, scan }: Computed): StoredResults {
  return { version: 1, recipe, events, scan, computed: computedHere() };
}

/** The numbers of a run, as the book tells them. */
export function asBookRun({ recipe, events, results, scan, texts }: Computed): BookRun {
  return { ...numbersOf({ recipe, events, scan, computed: computedHere() }), edits: rowsOf(results), texts };
}

/** The numbers in a run's events. */
export function numbersOf({
  recipe,
  events,
  scan,
  computed,
}: Pick<StoredResults, "recipe" | "events" | "scan" | "computed">): BookRun {
  const results = events.flatMap((event) => (event.kind === "edit" ? [event.result] : []));
  const bands = events.find((event) => event.kind === "bands");
  return {
    version: 1,
    recipe,
    computed,
    linears: events.flatMap((event) => (event.kind === "model" ? event.summary.linears : [])),
    edits: rowsOf(results.toSorted((a, b) => a.position - b.position)),
    scan,
    bands: bands?.bands ?? [],
    ...(bands && { bandSamples: bands.samples }),
    texts: [],
  };
}

function rowsOf(results: readonly EditResult[]): readonly ScanRow[] {
  return results.map(({ edit, metrics }) => ({ edit, metrics }));
}
