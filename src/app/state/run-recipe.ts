import type { BackendChoice, RunHandle, ScanSpec } from "../../engine/api";
import { engine, failureOf, fetchStoredResults } from "../../engine/client";
import type { Recipe } from "../../recipe/schema";
import type { LinearId } from "../../stages/model/types";
import { compareSources, readOwnTexts } from "./compare-sources";
import { notify, useLab } from "./lab";
import { sameBeforeEdits, type LinearEdit } from "./recipe-slice";
import { noResults, overStored, resultsAfter, resultsFor, storedResultsFor, withRows } from "./results-slice";
import { sourcesFor } from "./sources-slice";
import { withoutRuns } from "./texts-slice";
import { runAfter, runEnded, runStarted, scanAfter, scanEnded, scanStarted } from "./run-slice";

/** Calls the engine: turns wishes into runs, and events into state; run-texts.ts does so for single texts. */

let handle: RunHandle | undefined;
let running: Recipe | undefined;
/** The recipe to run when the one under way has ended; of several only the last. */
let waiting: Recipe | undefined;
/** The recipe that the shown results were last brought in line with. */
let shown: Recipe | undefined;

/**
 * Runs the recipe of the store. While only edits change, as a slider does, the run under way is let finish, so that
 * numbers follow the hand; any other change makes it worthless and stops it. Learning a mask takes long and loses
 * nothing when it is stopped, so it waits for the hand.
 */
export function runRecipe(): void {
  const {
    recipe: { recipe },
    run: { learning },
  } = useLab.getState();
  if (recipe === undefined) return;
  if (running === undefined) {
    void runUntilNothingWaits(recipe);
    return;
  }
  waiting = recipe;
  if (!sameBeforeEdits(running, recipe) || learning) handle?.cancel();
}

async function runUntilNothingWaits(first: Recipe): Promise<void> {
  for (let next: Recipe | undefined = first; next !== undefined; next = waiting) {
    waiting = undefined;
    await run(next);
  }
  if (useLab.getState().run.status === "finished") void compareSources();
}

async function run(recipe: Recipe): Promise<void> {
  running = recipe;
  alignResults(recipe);
  useLab.setState((lab) => ({ run: runStarted(lab.run) }));
  handle = engine.run(recipe, (event) => {
    if (event.kind === "notice") notify({ id: "run", ...event.notice });
    useLab.setState((lab) => ({
      run: runAfter(lab.run, event),
      results: resultsAfter(lab.results, event, { kind: "here" }),
    }));
    if (event.kind === "model") readOwnTexts();
  });
  try {
    await handle.finished;
    useLab.setState((lab) => ({ run: runEnded(lab.run, undefined) }));
  } catch (error) {
    const failure = failureOf(error);
    useLab.setState((lab) => ({ run: runEnded(lab.run, failure) }));
    // The engine may have lost its GPU: what computes from now on may be something else.
    if (!failure.cancelled) void askDevice();
  }
  handle = undefined;
  running = undefined;
}

export function cancelRun(): void {
  waiting = undefined;
  handle?.cancel();
}

/** Drops shown results that do not belong to the recipe. */
export function alignResults(recipe: Recipe): void {
  if (shown !== undefined) {
    const before = shown;
    useLab.setState((lab) => {
      const results = resultsFor(lab.results, before, recipe);
      const sources = sourcesFor(lab.sources, before, recipe);
      // What another model wrote does not belong to this one.
      return results === noResults
        ? { results, sources, texts: withoutRuns(lab.texts) }
        : { results, sources };
    });
  }
  shown = recipe;
}

/** Shows the stored run of a shipped model, if there is one, until the model itself has computed. */
export async function showStored(path: string, recipe: Recipe): Promise<void> {
  const stored = await fetchStoredResults(path);
  if (stored === undefined) return;
  useLab.setState((lab) => {
    const wanted = lab.recipe.recipe ?? recipe;
    shown ??= wanted;
    return { results: overStored(storedResultsFor(stored, wanted), lab.results) };
  });
}

/** Asks what computes; the first call says where. */
export async function probeDevice(choice: BackendChoice | undefined): Promise<void> {
  engine.choose(choice);
  await askDevice();
}

async function askDevice(): Promise<void> {
  try {
    const report = await engine.probe();
    useLab.setState({ device: { kind: "ready", report } });
  } catch (error) {
    useLab.setState({ device: { kind: "failed", failure: failureOf(error) } });
  }
}

let scanHandle: RunHandle | undefined;

/** The paper's own choice of kept singular values (section 4.1), and energies around its 0.8 and 0.9. */
const keeps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
const energies = [0.5, 0.6, 0.7, 0.8, 0.9];

export async function runScan(linears: readonly LinearId[]): Promise<void> {
  const { recipe } = useLab.getState().recipe;
  if (recipe === undefined || scanHandle !== undefined) return;
  const spec: ScanSpec = { linears, energies, keeps };
  useLab.setState((lab) => ({
    run: { ...lab.run, scan: scanStarted },
  }));
  scanHandle = engine.scan(recipe, spec, (event) => {
    useLab.setState((lab) => {
      const run = { ...lab.run, scan: scanAfter(lab.run.scan, event) };
      if (event.kind !== "row") return { run };
      const { edit, metrics } = event;
      const scan = withRows(lab.results.scan, [{ edit, metrics, origin: { kind: "here" } }]);
      return { run, results: { ...lab.results, scan } };
    });
  });
  try {
    await scanHandle.finished;
    useLab.setState((lab) => ({ run: { ...lab.run, scan: scanEnded(lab.run.scan, undefined) } }));
  } catch (error) {
    useLab.setState((lab) => ({ run: { ...lab.run, scan: scanEnded(lab.run.scan, failureOf(error)) } }));
  }
  scanHandle = undefined;
}

export function cancelScan(): void {
  scanHandle?.cancel();
}

/** Pictures of the recipe's images, RGBA, in the order of the indices. */
export function drawImages(
  recipe: Recipe,
  indices: readonly number[],
  size: number,
): Promise<Uint8ClampedArray> {
  return engine.images(recipe, indices, size);
}

export type ModelFile = Awaited<ReturnType<typeof engine.exportModel>>[number];

export async function editedModel(recipe: Recipe, edit: LinearEdit): Promise<readonly ModelFile[]> {
  try {
    return await engine.exportModel(recipe, edit);
  } catch (error) {
    notify({ id: "export", ...failureOf(error) });
    return [];
  }
}
