import type { TextRecipe } from "../recipe/schema";
import { textSourceOf, withSource, type SourceId } from "../recipe/text-source";
import type { EngineEvent, SourceEvent, SourceResult, SourcesSpec } from "./api";
import { isAbort } from "./failure";
import type { Pipeline } from "./pipeline";
import type { Turns } from "./turns";

/**
 * Collects factors of one text after another, and evaluates one edit with each; what is held already is not collected
 * again. Factors of other texts are given back. Each text is a turn, which a run may interrupt: it then begins anew,
 * with the windows it had.
 */
export async function compareSources(
  pipeline: Pipeline,
  turns: Turns,
  recipe: TextRecipe,
  { sources, edit }: SourcesSpec,
  signal: AbortSignal,
  emit: (event: SourceEvent) => void,
): Promise<void> {
  const recipes = sources.map((source) => withSource(recipe, source));
  await turns.turn(() => {
    pipeline.keepBeside(recipe, [textSourceOf(recipe), ...sources]);
    return Promise.resolve();
  });
  for (const [i, source] of sources.entries()) {
    const sourced = recipes[i];
    if (!sourced) continue;
    emit({ kind: "source-started", source });
    const result = await interruptible(turns, signal, (stop) =>
      resultOf(pipeline, sourced, source, edit, stop, emit),
    );
    emit({ kind: "source", result });
  }
  emit({ kind: "memory", gpuBytes: pipeline.backend.deviceBytes() });
}

async function resultOf(
  pipeline: Pipeline,
  recipe: TextRecipe,
  source: SourceId,
  edit: SourcesSpec["edit"],
  signal: AbortSignal,
  emit: (event: SourceEvent) => void,
): Promise<SourceResult> {
  const tell = (event: EngineEvent): void => {
    if (event.kind === "progress") emit(event);
  };
  await pipeline.run(recipe, signal, tell, "spectrum");
  const { factors, spectra, bytes } = pipeline.factorsOf(recipe);
  const held = { source, factors, spectra, bytes };
  if (edit === undefined) return { ...held, edit: undefined };
  const quiet = { signal, onProgress: (): void => undefined };
  const { kept, metrics } = await pipeline.evaluate(recipe, edit, quiet, "scored");
  return { ...held, edit: { edit, kept, metrics } };
}

/** A turn that a run may interrupt, after which it is done again. */
async function interruptible<T>(
  turns: Turns,
  signal: AbortSignal,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  for (;;) {
    const done = await turns.turn(async (pause) => {
      signal.throwIfAborted();
      try {
        return { value: await work(AbortSignal.any([signal, pause])) };
      } catch (error) {
        if (isAbort(error) && pause.aborted && !signal.aborted) return undefined;
        throw error;
      }
    });
    if (done) return done.value;
  }
}
