import type { EngineEvent } from "../../src/engine/api";
import type { MaskShelf } from "../../src/engine/masks/mask-shelf";
import { Pipeline, type ModelLoader } from "../../src/engine/pipeline";
import { Subnets } from "../../src/engine/subnets";
import { memorySource } from "../../src/files/byte-source";
import { openSafetensors } from "../../src/files/safetensors";
import type { ImageRecipe, Recipe } from "../../src/recipe/schema";
import type { Backend } from "../../src/runtime/backend";
import { loadVit } from "../../src/stages/model/checkpoint";
import { vitConfigJson } from "../../src/stages/model/vit-config";
import { tinyRecipe, tinyVit, tinyWeights } from "./tiny-vit";

/** A recipe on the model of this seed. */
export function recipeOfSeed(seed: number): ImageRecipe {
  return { ...tinyRecipe(""), model: { kind: "dropped", sha256: String(seed) } };
}

/** A pipeline whose models are random ones: a recipe's `sha256` is their seed, unless one is given. */
export function tinyPipeline(
  backend: Backend,
  { masks, weightsSeed }: { readonly masks?: MaskShelf; readonly weightsSeed?: number } = {},
): Pipeline {
  const load: ModelLoader = async ({ model }, on, context) => {
    const seed = weightsSeed ?? (model.kind === "dropped" ? Number(model.sha256) : 0);
    const weights = await openSafetensors(memorySource("tiny", tinyWeights(seed)));
    const config = vitConfigJson(tinyVit);
    return loadVit(on, { title: "tiny", config, weights, training: undefined }, context);
  };
  return new Pipeline(backend, load, undefined, new Subnets(backend, masks));
}

/** Runs to the end; the events, without progress. */
export async function runAll(pipeline: Pipeline, recipe: Recipe): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  await pipeline.run(recipe, new AbortController().signal, (event) => {
    if (event.kind !== "progress") events.push(event);
  });
  return events;
}

/** What a run tells, in order: event kinds, stages by name. */
export function told(events: readonly EngineEvent[]): string[] {
  return events.map((event) => {
    if (event.kind === "stage-started") return `${event.stage}${event.cached ? " cached" : ""}`;
    if (event.kind === "stage-finished") return `${event.stage} done`;
    return event.kind === "edit" ? `edit ${String(event.result.position)}` : event.kind;
  });
}
