import type { ImageRecipe } from "../recipe/schema";
import type { Backend } from "../runtime/backend";
import { imageRecords, summarize } from "../stages/data/images";
import type { ImageRecord } from "../stages/data/types";
import { classificationMetrics } from "../stages/evaluation/classification";
import { Classifier } from "../stages/evaluation/classify";
import type { Predictions } from "../stages/evaluation/types";
import type { ImageModel } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { LabError } from "./failure";
import { imageForgetAndRetain } from "./forget-sets";
import { imageSamples } from "./images";
import type { BandGroups, Evaluation, Outcome, Study, Subject } from "./study";

/** Images of each group whose responses are averaged. */
const imagesPerGroup = 250;

/** The images of a recipe, with given and true labels. */
export function imageSubject(recipe: ImageRecipe): Subject {
  return {
    // Counts every label, and a subject is often made for other things.
    get summary() {
      return summarize(recipe.data);
    },
    factorSamples: recipe.factors.images,
    with: (model) => {
      if (model.modality !== "images") {
        throw new LabError(
          "This is a language model, and the recipe is for images.",
          "Choose an image classifier, or a recipe for text.",
        );
      }
      return imageStudy(recipe, model);
    },
  };
}

function imageStudy(recipe: ImageRecipe, model: ImageModel): Study {
  const [, , size] = model.imageShape(1);
  if (size !== 32 || model.summary.classNames.length < recipe.data.classes) {
    throw new LabError(
      `This model takes ${size ?? 0}-pixel images of ${model.summary.classNames.length} classes; the image set has 32-pixel images of ${recipe.data.classes} classes.`,
      "Choose a model trained on the lab's own images.",
    );
  }
  return {
    model,
    tapped: model,
    samples: () => Promise.resolve(imageSamples(recipe.data)),
    prepare: (backend, context) => prepare(recipe, model, backend, context),
    forgetAndRetain: (spec) => Promise.resolve().then(() => imageForgetAndRetain(recipe, model, spec)),
  };
}

async function prepare(
  recipe: ImageRecipe,
  model: ImageModel,
  backend: Backend,
  context: StageContext,
): Promise<Evaluation> {
  const records = imageRecords(recipe.data, recipe.evaluation);
  const indices = records.map(({ index }) => index);
  const samples = imageSamples(recipe.data);
  const classifier = await Classifier.create(backend, model, samples, indices);
  const outcome = (predictions: Predictions): Outcome => ({
    modality: "images",
    metrics: classificationMetrics(predictions, records),
    predictions,
  });
  const measure: Evaluation["measure"] = async (weights, at) =>
    outcome(await classifier.classify(weights, at));
  try {
    const unedited = await classifier.classify(new Map(), context);
    return {
      evaluated: { kind: "images", records },
      unedited: outcome(unedited),
      bands: { tapped: model, samples, ...learned(records, unedited), giveFactors: true },
      measure,
      score: measure,
      release: () => classifier.release(),
    };
  } catch (error) {
    await classifier.release();
    throw error;
  }
}

/** Memorized are noised images whose wrong label the unedited model gives: those it has learned by heart. */
function learned(
  records: readonly ImageRecord[],
  { labels }: Predictions,
): Pick<BandGroups, "memorized" | "clean"> {
  const pick = (group: "memorized" | "clean"): number[] =>
    records
      .filter((record, i) => record.group === group && labels[i] === record.givenLabel)
      .slice(0, imagesPerGroup)
      .map(({ index }) => index);
  return { memorized: pick("memorized"), clean: pick("clean") };
}
