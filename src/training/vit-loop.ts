import type { Backend } from "../runtime/backend";
import type { Graph } from "../graph/types";
import type { Session } from "../runtime/session";
import { turn } from "../runtime/turn";
import { imageRecords, pixelValues } from "../stages/data/images";
import { givenLabel } from "../stages/data/label-noise";
import type { ShapesSpec } from "../stages/data/types";
import type { TrainingPoint } from "../stages/model/types";
import { buildVitForward, vitParameters } from "../stages/model/vit";
import { float32, int32, type FloatTensor } from "../tensor/host-tensor";
import { RandomStream } from "../tensor/random";
import { sizeOf, type Shape } from "../tensor/shape";
import { learningRate, type TrainingPhase, type TrainingRecipe } from "./recipe";
import { accuracy, predict } from "./vit-evaluate";
import { TrainedWeights } from "./trained-weights";
import { stepPlacement } from "./training-step";
import { buildVitStep, trainableNames } from "./vit-step";
import { initialVitWeights } from "./vit-weights";

export const evaluationBatch = 250;
/** Images of each group that every epoch is judged by; a group that holds fewer gives all it has. */
export const evaluatedImages = { clean: 500, memorized: 1000, validation: 1000 };

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
  /** The next epoch waits for it. */
  readonly onEpoch?: (point: TrainingPoint, state: () => Promise<TrainingState>) => void | Promise<void>;
  readonly signal?: AbortSignal;
  /** Runs what needs the device when it is free; undefined where nothing else uses it. */
  readonly inTurn?: <T>(work: () => Promise<T>) => Promise<T>;
}

interface EvaluationSet {
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly given: readonly number[];
  readonly shown: readonly number[];
}

/** Images drawn at a time before messages are let in. */
const drawnTogether = 200;

async function draw(
  spec: ShapesSpec,
  indices: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Float32Array<ArrayBuffer>> {
  const parts: Float32Array<ArrayBuffer>[] = [];
  for (let start = 0; start < indices.length; start += drawnTogether) {
    await turn();
    signal?.throwIfAborted();
    parts.push(pixelValues(spec, indices.slice(start, start + drawnTogether)));
  }
  const pixels = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    pixels.set(part, at);
    at += part.length;
  }
  return pixels;
}

type EvaluationSets = Readonly<Record<"memorized" | "clean" | "validation", EvaluationSet>>;

async function evaluationSets(data: ShapesSpec, signal: AbortSignal | undefined): Promise<EvaluationSets> {
  const records = imageRecords(data, evaluatedImages);
  const pick = async (group: string): Promise<EvaluationSet> => {
    const chosen = records.filter((record) => record.group === group);
    const indices = chosen.map(({ index }) => index);
    return {
      pixels: await draw(data, indices, signal),
      given: chosen.map((record) => record.givenLabel),
      shown: chosen.map((record) => record.trueLabel),
    };
  };
  return {
    memorized: await pick("memorized"),
    clean: await pick("clean"),
    validation: await pick("validation"),
  };
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

/** Accuracies of the network as it is, on images that were set aside or trained on. */
async function evaluate(
  backend: Backend,
  forward: Session,
  weights: TrainedWeights,
  sets: EvaluationSets,
  signal: AbortSignal | undefined,
): Promise<Omit<TrainingPoint, "epoch" | "loss">> {
  const predicted = ({ pixels }: EvaluationSet): Promise<Uint8Array> =>
    predict(backend, forward, weights.feeds, pixels, signal);
  const noised = await predicted(sets.memorized);
  return {
    clean: accuracy(await predicted(sets.clean), sets.clean.given),
    memorized: accuracy(noised, sets.memorized.given),
    groundTruth: accuracy(noised, sets.memorized.shown),
    validation: accuracy(await predicted(sets.validation), sets.validation.shown),
  };
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
  const parameters = vitParameters(model);
  const indices = Array.from({ length: data.trainingImages }, (_, i) => i);
  const pixels = await draw(data, indices, events.signal);
  const labels = Int32Array.from(indices, (index) => givenLabel(data, index));
  const sets = await evaluationSets(data, events.signal);
  const stepsPerEpoch = Math.floor(data.trainingImages / batch);
  const pixelShape: Shape = [batch, model.channels, model.imageSize, model.imageSize];
  const curve: TrainingPoint[] = [...(resumed?.curve ?? [])];

  const { inTurn = (work) => work() }: TrainingEvents = events;
  const compile = (graph: Graph, placement: Parameters<Backend["compile"]>[1]): Promise<Session> =>
    inTurn(() => backend.compile(graph, placement));
  const forward = await compile(buildVitForward(model, evaluationBatch), "host");
  const weights = new TrainedWeights(
    backend,
    parameters,
    resumed?.tensors ?? initialVitWeights(model, recipe.seed),
    resumed?.optimizerSteps,
  );
  const state = async (phase: number, epochInPhase: number): Promise<TrainingState> => {
    const optimizerSteps = weights.steps;
    const points = [...curve];
    return { tensors: await weights.snapshot(), phase, epochInPhase, optimizerSteps, curve: points };
  };

  /** Runs one epoch; resolves to its mean loss. */
  const trainEpoch = async (session: Session, phase: TrainingPhase, p: number, epoch: number) => {
    const names = trainableNames(parameters.keys(), phase);
    // One stream per epoch: a resumed run draws what the uninterrupted one would have drawn.
    const random = new RandomStream(recipe.seed, 1_000_000 + p * 10_000 + epoch);
    const order = random.permutation(data.trainingImages);
    const flip = phase.flips ? (): boolean => random.uniform() < 0.5 : undefined;
    const began = performance.now();
    let total = 0;
    for (let step = 0; step < stepsPerEpoch; step++) {
      // A browser hears of an abort between two steps only if it gets a turn.
      await turn();
      events.signal?.throwIfAborted();
      const start = step * batch;
      const rates = {
        learning_rate: learningRate(phase, epoch * stepsPerEpoch + step, stepsPerEpoch),
      };
      const given = Int32Array.from(order.subarray(start, start + batch), (index) => labels[index] ?? 0);
      const fed = {
        pixel_values: backend.upload(float32(pixelShape, gather(pixels, pixelShape, order, start, flip))),
        labels: backend.upload(int32([batch], given)),
      };
      const loss = await inTurn(() => weights.step(session, names, fed, rates, recipe.optimizer));
      total += loss;
      const seconds = (performance.now() - began) / 1000;
      events.onStep?.({ phase, epoch, step, stepsPerEpoch, loss, rate: ((step + 1) * batch) / seconds });
    }
    return total / stepsPerEpoch;
  };

  try {
    for (const [p, phase] of recipe.phases.entries()) {
      if (p < (resumed?.phase ?? 0)) continue;
      const firstEpoch = p === resumed?.phase ? resumed.epochInPhase : 0;
      if (phase.resetOptimizer && firstEpoch === 0 && p > 0) weights.clearMoments();
      const graph = buildVitStep(model, batch, phase, recipe.optimizer);
      const session = await compile(graph, stepPlacement(graph));
      try {
        for (let epoch = firstEpoch; epoch < phase.epochs; epoch++) {
          const loss = await trainEpoch(session, phase, p, epoch);
          const accuracies = await inTurn(() => evaluate(backend, forward, weights, sets, events.signal));
          const point = { epoch: curve.length + 1, loss, ...accuracies };
          curve.push(point);
          const done = epoch + 1 === phase.epochs || point.memorized >= (phase.untilMemorized ?? Infinity);
          await events.onEpoch?.(point, () => (done ? state(p + 1, 0) : state(p, epoch + 1)));
          if (done) break;
        }
        await weights.detach();
      } catch (error) {
        weights.release();
        throw error;
      } finally {
        await session.release();
      }
    }
    return await state(recipe.phases.length, 0);
  } finally {
    await forward.release();
    weights.release();
  }
}
