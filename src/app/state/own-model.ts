import type { HubModel, Opening } from "../../engine/api";
import { engine, failureOf } from "../../engine/client";
import { ownModelRecipe } from "../../recipe/presets/own-model";
import { withLinears as withEditLinears } from "../../recipe/own-energies";
import { isTextRecipe, withLinears, type Recipe } from "../../recipe/schema";
import type { ModelSpec, ModelSummary } from "../../stages/model/types";
import { notify, setView, useLab } from "./lab";
import { runRecipe } from "./run-recipe";

/** Models that are not the lab's own: of a person's files, or of the hub. */

/** Takes the files of a model folder and makes it the recipe's model. */
export function adoptModel(files: readonly File[], opening: Opening): Promise<void> {
  return opened(async () => {
    const { sha256, summary } = await engine.adopt(files, opening);
    takeModel({ kind: "dropped", sha256 }, summary);
  });
}

/** Loads a model of the hub and makes it the recipe's. */
export function openHubModel(model: HubModel, opening: Opening): Promise<void> {
  return opened(async () => {
    takeModel(model, await engine.inspect(model, opening));
  });
}

/** What a person writes for a model of the hub: its name, `owner/model@revision`, or the address of its page. */
export function hubModelOf(text: string): HubModel | undefined {
  const name = text.trim().replace(/^(https?:\/\/)?(www\.)?(huggingface\.co|hf\.co)\//, "");
  const parts = /^([\w-][\w.-]*\/[\w-][\w.-]*)(?:(?:@|\/tree\/)(\w[\w./-]*?))?\/?$/.exec(name);
  const [, repository, revision = "main"] = parts ?? [];
  return repository === undefined ? undefined : { kind: "hub", repository, revision };
}

async function opened(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = failureOf(error);
    if (!failure.cancelled) notify({ id: "adopt", ...failure });
  }
}

function takeModel(model: ModelSpec, summary: ModelSummary): void {
  const { recipe, catalogue } = useLab.getState().recipe;
  const shipped = (catalogue?.models ?? []).map((one) => one.recipe);
  const taken = recipeOfModel([...(recipe ? [recipe] : []), ...shipped, ownModelRecipe], model, summary);
  useLab.setState((lab) => ({ recipe: { ...lab.recipe, recipe: taken } }));
  setView({ linear: taken.factors.linears.at(-1), edit: Math.min(1, taken.edits.length - 1) });
  runRecipe();
}

/**
 * The first recipe that is for this kind of model, for the model itself: with its down-projections, as the lab does with
 * its own models.
 */
export function recipeOfModel(
  recipes: readonly Recipe[],
  model: ModelSpec,
  summary: Pick<ModelSummary, "architecture" | "linears" | "title">,
): Recipe {
  const isText = summary.architecture === "Olmo2ForCausalLM";
  const recipe = recipes.find((one) => isTextRecipe(one) === isText);
  if (recipe === undefined) throw new Error("The list of models, which language models need, has not come.");
  const linears = summary.linears.filter(({ role }) => role === "fc2" || role === "down").map(({ id }) => id);
  if (linears.length === 0) throw new Error("This model has no MLP down-projections.");
  const edits = recipe.edits.map((edit) => {
    if (edit.method === "none") return edit;
    return edit.method === "kfac" ? withEditLinears(edit, linears) : { ...edit, linears };
  });
  return { ...withLinears(recipe, linears), title: summary.title, model, edits };
}
