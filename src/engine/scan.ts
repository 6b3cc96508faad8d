import { withLinears, type Recipe } from "../recipe/schema";
import type { EditSpec } from "../stages/edit/types";
import type { EngineEvent, ScanEvent, ScanSpec } from "./api";
import type { Pipeline } from "./pipeline";
import { stageContext } from "./reporter";

/** Every edit of a scan: each linear alone, K-FAC at each energy and SVD at each share (paper, Figure 4 top). */
export function scanEdits({ linears, energies, keeps }: ScanSpec): EditSpec[] {
  return linears.flatMap((id): EditSpec[] => [
    ...energies.map((energy): EditSpec => ({ method: "kfac", linears: [id], energy, selection: "pairs" })),
    ...keeps.map((keep): EditSpec => ({ method: "svd", linears: [id], keep })),
  ]);
}

/** The recipe with factors for the scanned linears as well. */
export function withScanned(recipe: Recipe, { linears }: ScanSpec): Recipe {
  const all = [...new Set([...recipe.factors.linears, ...linears])];
  return withLinears(recipe, all);
}

/** Where a scan works and what hears of it; `turn` runs one row when nothing more urgent waits. */
export interface ScanHost {
  readonly signal: AbortSignal;
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly emit: (event: ScanEvent) => void;
}

/**
 * Evaluates every edit of a scan, row by row.
 * @throws the signal's reason.
 */
export async function scan(
  pipeline: Pipeline,
  recipe: Recipe,
  spec: ScanSpec,
  { signal, turn, emit }: ScanHost,
): Promise<void> {
  // Without the recipe's own edits, which may need what no row does.
  const scanned = { ...withScanned(recipe, spec), edits: [{ method: "none" } as const] };
  const edits = scanEdits(spec);
  const context = stageContext("evaluation", signal, (progress) => emit({ kind: "progress", progress }));
  const tell = (event: EngineEvent): void => {
    if (event.kind === "progress" || event.kind === "failed") emit(event);
  };
  for (const [i, edit] of edits.entries()) {
    const { metrics } = await turn(async () => {
      signal.throwIfAborted();
      // Missing at first, and again after a run of another recipe.
      if (!pipeline.holds(scanned, edit)) await pipeline.run(scanned, signal, tell, "spectrum");
      return pipeline.evaluate(scanned, edit, { signal, onProgress: () => undefined });
    });
    emit({ kind: "row", edit, metrics });
    context.onProgress(i + 1, edits.length, "edits");
  }
}
