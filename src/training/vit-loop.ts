import type { Backend } from "../runtime/backend";
import { imageRecords, pixelValues } from "../stages/data/images";
import { givenLabel } from "../stages/data/label-noise";
import type { TrainingPoint } from "../stages/model/types";
import { buildVitForward, vitParameters } from "../stages/model/vit";
import { float32, int32, type FloatTensor } from "../tensor/host-tensor";
import { RandomStream } from "../tensor/random";
import { sizeOf, type Shape } from "../tensor/shape";
import { learningRate, type TrainingPhase, type TrainingRecipe } from "./recipe";
import { accuracy, predict } from "./vit-evaluate";
import { TrainedWeights } from "./trained-weights";
import { buildVitStep, trainableNames } from "./vit-step";
import { initialVitWeights } from "./vit-weights";

const evaluationBatch = 250;
const evaluatedImages = { clean: 500, memorized: 1000, validation: 1000 };

/** Where training stands; with it a run goes on as if it had never stopped. */
export interface TrainingState {
  /** Weights and moments, by graph input name. */
  readonly tensors: ReadonlyMap<string, FloatTensor>;
  readonly phase: number;
  readonly epochInPhase: number;
  /** Steps since the moments were empty. */
  readonly optimizerSteps: number;
  readonly curve: readonly TrainingPoint[];
}

export interface TrainingProgress {
  readonly phase: TrainingPhase;
  readonly epoch: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly loss: number;
  /** Images per second since the epoch began. */
  readonly rate: number;
}

export interface TrainingEvents {
  readonly onStep?: (progress: TrainingProgress) => void;
  readonly onEpoch?: (point: TrainingPoint, state: () => TrainingState) => void;
  readonly signal?: AbortSignal;
}

interface EvaluationSet {
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly given: readonly number[];
  readonly shown: readonly number[];
}

function evaluationSets(recipe: TrainingRecipe): Record<"memorized" | "clean" | "validation", EvaluationSet> {
  const records = imageRecords(recipe.data, evaluatedImages);
  const pick = (group: string): EvaluationSet => {
    const chosen = records.filter((record) => record.group === group);
    return {
      pixels: pixelValues(
        recipe.data,
        chosen.map(({ index }) => index),
      ),
      given: chosen.map((record) => record.givenLabel),
      shown: chosen.map((record) => record.trueLabel),
    };
  };
  return { memorized: pick("memorized"), clean: pick("clean"), validation: pick("validation") };
}

/** Copies a batch of images, each mirrored left to right where `flips` says so. */
function gather(
  source: Float32Array,
  shape: Shape,
  order: Uint32Array,
  start: number,
  flip: (() => boolean) | undefined,
): Float32Array<ArrayBuffer> {
  const imageSize = sizeOf(shape.slice(1));
  const width = shape[3] ?? 1;
  const batch = shape[0] ?? 1;
  const target = new Float32Array(batch * imageSize);
  for (let i = 0; i < batch; i++) {
    const from = (order[start + i] ?? 0) * imageSize;
    const image = target.subarray(i * imageSize, (i + 1) * imageSize);
    image.set(source.subarray(from, from + imageSize));
    if (flip?.()) for (let row = 0; row < imageSize; row += width) image.subarray(row, row + width).reverse();
  }
  return target;
}

/**
 * Trains a ViT by the phases of a recipe, with gradients and AdamW as graph nodes.
 * @throws DOMException `AbortError` when the signal fires; the last epoch's state has been reported by then.
 */
export async function trainVit(
  backend: Backend,
  recipe: TrainingRecipe,
  events: TrainingEvents = {},
  resumed?: TrainingState,
): Promise<TrainingState> {
  const { data, model, batch } = recipe;
  const parameterNames = [...vitParameters(model).keys()];
  const indices = Array.from({ length: data.trainingImages }, (_, i) => i);
  const pixels = pixelValues(data, indices);
  const labels = Int32Array.from(indices, (index) => givenLabel(data, index));
  const sets = evaluationSets(recipe);
  const forward = await backend.compile(buildVitForward(model, evaluationBatch), "host");
  const stepsPerEpoch = Math.floor(data.trainingImages / batch);

  const weights = new TrainedWeights(
    backend,
    vitParameters(model),
    resumed?.tensors ?? initialVitWeights(model, recipe.seed),
    resumed?.optimizerSteps,
  );
  const curve: TrainingPoint[] = [...(resumed?.curve ?? [])];

  const state = (phase: number, epochInPhase: number): TrainingState => ({
    tensors: weights.snapshot(),
    phase,
    epochInPhase,
    optimizerSteps: weights.steps,
    curve: [...curve],
  });

  const evaluate = async (epoch: number, loss: number): Promise<TrainingPoint> => {
    const noised = await predict(backend, forward, weights.feeds, sets.memorized.pixels);
    return {
      epoch,
      loss,
      clean: accuracy(await predict(backend, forward, weights.feeds, sets.clean.pixels), sets.clean.given),
      memorized: accuracy(noised, sets.memorized.given),
      groundTruth: accuracy(noised, sets.memorized.shown),
      validation: accuracy(
        await predict(backend, forward, weights.feeds, sets.validation.pixels),
        sets.validation.shown,
      ),
    };
  };

  for (const [p, phase] of recipe.phases.entries()) {
    if (p < (resumed?.phase ?? 0)) continue;
    const firstEpoch = p === resumed?.phase ? resumed.epochInPhase : 0;
    if (phase.resetOptimizer && firstEpoch === 0 && p > 0) weights.clearMoments();
    const session = await backend.compile(buildVitStep(model, batch, phase, recipe.optimizer), "host");
    const names = trainableNames(parameterNames, phase);
    const pixelShape: Shape = [batch, model.channels, model.imageSize, model.imageSize];
    for (let epoch = firstEpoch; epoch < phase.epochs; epoch++) {
      // One stream per epoch: a resumed run draws what the uninterrupted one would have drawn.
      const random = new RandomStream(recipe.seed, 1_000_000 + p * 10_000 + epoch);
      const order = random.permutation(data.trainingImages);
      const began = performance.now();
      let total = 0;
      for (let step = 0; step < stepsPerEpoch; step++) {
        events.signal?.throwIfAborted();
        const start = step * batch;
        const rate = learningRate(phase, epoch * stepsPerEpoch + step, stepsPerEpoch);
        const flip = phase.flips ? (): boolean => random.uniform() < 0.5 : undefined;
        const fed = {
          pixel_values: backend.upload(float32(pixelShape, gather(pixels, pixelShape, order, start, flip))),
          labels: backend.upload(
            int32(
              [batch],
              Int32Array.from(order.subarray(start, start + batch), (index) => labels[index] ?? 0),
            ),
          ),
        };
        const loss = await weights.step(session, names, fed, rate, recipe.optimizer);
        total += loss;
        const seconds = (performance.now() - began) / 1000;
        events.onStep?.({ phase, epoch, step, stepsPerEpoch, loss, rate: ((step + 1) * batch) / seconds });
      }
      const point = await evaluate(curve.length + 1, total / stepsPerEpoch);
      curve.push(point);
      const done = epoch + 1 === phase.epochs || point.memorized >= (phase.untilMemorized ?? Infinity);
      events.onEpoch?.(point, () => (done ? state(p + 1, 0) : state(p, epoch + 1)));
      if (done) break;
    }
    await session.release();
  }
  await forward.release();
  return state(recipe.phases.length, 0);
}
