import type { Backend } from "../runtime/backend";
import { turn } from "../runtime/turn";
import { pixelValues } from "../stages/data/images";
import { buildVitForward, vitParameters } from "../stages/model/vit";
import { float32, int32 } from "../tensor/host-tensor";
import type { TrainingRecipe } from "./recipe";
import { stepPlacement } from "./training-step";
import { TrainedWeights } from "./trained-weights";
import { predict } from "./vit-evaluate";
import { evaluatedImages, evaluationBatch } from "./vit-loop";
import { buildVitStep, trainableNames } from "./vit-step";
import { initialVitWeights } from "./vit-weights";

/** How fast a training goes on this device. */
export interface TrainingPace {
  /** Trained images per second, evaluation left aside. */
  readonly imagesPerSecond: number;
  readonly secondsPerEpoch: number;
  /** Of the whole training: drawing the images, all epochs and their evaluation. */
  readonly seconds: number;
}

/** Steps before the clock starts: the first ones allocate and compile. */
const warmUp = 2;
const leastSteps = 3;
const longestMilliseconds = 500;

/** Measures some steps and one evaluation batch of a recipe's first phase, on its own first images. */
export async function trainingPace(backend: Backend, recipe: TrainingRecipe): Promise<TrainingPace> {
  const { data, model, batch, optimizer, phases } = recipe;
  const [phase] = phases;
  if (!phase) throw new RangeError("trainingPace: expected a recipe with at least one phase");
  const shape = [batch, model.channels, model.imageSize, model.imageSize];
  const drawing = performance.now();
  const pixels = pixelValues(
    data,
    Array.from({ length: batch }, (_, i) => i),
  );
  const drawSeconds = (performance.now() - drawing) / 1000 / batch;

  const graph = buildVitStep(model, batch, phase, optimizer);
  const session = await backend.compile(graph, stepPlacement(graph));
  const weights = new TrainedWeights(backend, vitParameters(model), initialVitWeights(model, recipe.seed));
  const names = trainableNames(vitParameters(model).keys(), phase);
  const step = async (): Promise<void> => {
    await turn();
    const fed = {
      pixel_values: backend.upload(float32(shape, pixels.slice())),
      labels: backend.upload(int32([batch], new Int32Array(batch))),
    };
    await weights.step(session, names, fed, { learning_rate: 0 }, optimizer);
  };
  const forward = await backend.compile(buildVitForward(model, evaluationBatch), "host");
  const evaluated = new Float32Array((evaluationBatch / batch) * pixels.length);
  const evaluate = (): Promise<unknown> => predict(backend, forward, weights.feeds, evaluated);
  try {
    for (let i = 0; i < warmUp; i++) await step();
    let steps = 0;
    const began = performance.now();
    while (steps < leastSteps || performance.now() - began < longestMilliseconds) {
      await step();
      steps++;
    }
    const secondsPerStep = (performance.now() - began) / 1000 / steps;
    await evaluate();
    const evaluating = performance.now();
    await evaluate();
    const secondsPerEvaluation = (performance.now() - evaluating) / 1000;

    const noised = Math.min(evaluatedImages.memorized, Math.round(data.trainingImages * data.labelNoise));
    const clean = Math.min(evaluatedImages.clean, data.trainingImages - noised);
    const groups = [noised, clean, Math.min(evaluatedImages.validation, data.validationImages)];
    const batches = groups.reduce((sum, images) => sum + Math.ceil(images / evaluationBatch), 0);
    const secondsPerEpoch =
      Math.floor(data.trainingImages / batch) * secondsPerStep + batches * secondsPerEvaluation;
    const drawn = data.trainingImages + groups.reduce((sum, images) => sum + images, 0);
    const epochs = phases.reduce((sum, one) => sum + one.epochs, 0);
    return {
      imagesPerSecond: batch / secondsPerStep,
      secondsPerEpoch,
      seconds: drawn * drawSeconds + epochs * secondsPerEpoch,
    };
  } finally {
    weights.release();
    await session.release();
    await forward.release();
  }
}
