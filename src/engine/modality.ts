import type { ImageModel, LanguageModel, LoadedModel } from "../stages/model/types";
import { LabError } from "./failure";

/** The model as an image classifier; releases it and throws if it is none. */
export function requireImageModel(model: LoadedModel): ImageModel {
  if (model.modality === "images") return model;
  model.release();
  throw new LabError(
    "This is a language model, and the recipe is for images.",
    "Choose an image classifier, or a recipe for text.",
  );
}

/** The model as a language model; releases it and throws if it is none. */
export function requireLanguageModel(model: LoadedModel): LanguageModel {
  if (model.modality === "text") return model;
  model.release();
  throw new LabError(
    "This is an image classifier, and the recipe is for text.",
    "Choose a language model, or a recipe for images.",
  );
}
