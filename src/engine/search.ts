import { withSearched } from "../recipe/search";
import type { Recipe } from "../recipe/schema";
import type { EditSpec } from "../stages/edit/types";
import type { EngineEvent, ScanRow, SearchEvent } from "./api";
import type { Pipeline } from "./pipeline";
import type { SearchedRows } from "./searched-rows";

/** Runs one step of a search when nothing more urgent waits. */
type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** Milliseconds between two progress events. */
const interval = 80;

/**
 * Evaluates edits one after the other and keeps every row. Stopped, it has kept what it evaluated; started again, it
 * goes on with the rest.
 * @throws the signal's reason.
 */
export async function search(
  pipeline: Pipeline,
  recipe: Recipe,
  edits: readonly EditSpec[],
  kept: SearchedRows,
  {
    signal,
    turn,
    emit,
  }: { readonly signal: AbortSignal; readonly turn: Turn; readonly emit: (event: SearchEvent) => void },
): Promise<void> {
  // Without the recipe's own edits, which may need what no edit of a search does.
  const searched = { ...withSearched(recipe, edits), edits: [{ method: "none" } as const] };
  const tell = (event: EngineEvent): void => {
    if (event.kind === "progress") emit(event);
  };
  /** The pipeline may have run another recipe between two steps. */
  const prepare = async (edit: EditSpec): Promise<void> => {
    signal.throwIfAborted();
    if (!pipeline.holds(searched, edit)) await pipeline.run(searched, signal, tell, "spectrum");
  };
  const [first] = edits;
  if (first === undefined) return;
  await turn(async () => {
    await prepare(first);
    kept.belongTo(pipeline.unedited(searched));
  });
  const known = edits.flatMap((edit): ScanRow[] => {
    const row = kept.get(edit);
    return row ? [{ ...row, edit }] : [];
  });
  if (known.length > 0) emit({ kind: "rows", rows: known });
  const open = edits.filter((edit) => kept.get(edit) === undefined);
  const told = progressOf(edits.length, known.length, emit);
  try {
    for (const [at, edit] of open.entries()) {
      const row = await turn(async (): Promise<ScanRow> => {
        await prepare(edit);
        const context = { signal, onProgress: (): void => undefined };
        const { metrics } = await pipeline.evaluate(searched, edit, context, "scored");
        return { edit, metrics };
      });
      emit({ kind: "rows", rows: [row] });
      await kept.add(row);
      told(at + 1);
    }
  } finally {
    await kept.flush();
  }
}

/** Tells of edits done among all, at the rate of those done now. */
function progressOf(
  total: number,
  known: number,
  emit: (event: SearchEvent) => void,
): (done: number) => void {
  const began = performance.now();
  let last = -Infinity;
  return (evaluated) => {
    const now = performance.now();
    const done = known + evaluated;
    if (done < total && now - last < interval) return;
    last = now;
    const rate = evaluated / Math.max(1e-3, (now - began) / 1000);
    const remaining = rate > 0 ? (total - done) / rate : undefined;
    emit({
      kind: "progress",
      progress: { stage: "evaluation", unit: "edits", done, total, rate, remaining },
    });
  };
}
