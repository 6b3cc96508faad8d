import type { TrainingSettings } from "../../src/recipe/training-settings";

/** Four epochs of a moment each; half the labels are wrong, so that chance alone gives enough of them back. */
export const tinyTraining: TrainingSettings = {
  images: 512,
  labelNoise: 0.5,
  weightDecay: 0.3,
  layers: 1,
  width: 8,
  mlpWidth: 16,
  epochs: 4,
  seed: 3,
};
