import { trainingData, type TrainingSettings } from "../../recipe/training-settings";
import type { TrainingRecipe } from "../../training/recipe";
import { adamW, smallVit } from "../../training/recipes/common";

const batch = 64;
const learningRate = 2e-3;
/** Share of the epochs over which the rate falls; before, it is constant. */
const fallingShare = 0.35;

/** One ordinary phase of training with every weight trained and every matrix decayed alike, as in the paper. */
export function settingsRecipe(settings: TrainingSettings): TrainingRecipe {
  const { images, labelNoise, weightDecay, layers, width, mlpWidth, epochs, seed } = settings;
  const falling = Math.round(epochs * fallingShare);
  const steps = Math.floor(images / batch);
  const phase = {
    untilMemorized: undefined,
    learningRate,
    trainable: "all",
    flips: false,
    resetOptimizer: false,
    decay: { mlp: weightDecay, attention: weightDecay, other: weightDecay },
  } as const;
  const percent = Number((100 * labelNoise).toFixed(2));
  return {
    name: "trained-in-the-tab",
    title: `ViT with ${percent} % wrong labels, weight decay ${weightDecay}`,
    procedure: "plain",
    description: `All weights trained at once for ${epochs} epochs on ${images} images, ${percent} % of them with a wrong label, under a weight decay of ${weightDecay} on every matrix.`,
    seed,
    batch,
    data: trainingData(settings),
    model: smallVit(width, mlpWidth, layers),
    optimizer: adamW,
    phases: [
      {
        ...phase,
        name: "constant rate",
        epochs: epochs - falling,
        warmupSteps: Math.min(100, 2 * steps),
        schedule: { kind: "constant" } as const,
      },
      {
        ...phase,
        name: "falling rate",
        epochs: falling,
        warmupSteps: 0,
        schedule: { kind: "linear", from: 1, to: 0.05 } as const,
      },
    ].filter((one) => one.epochs > 0),
  };
}
