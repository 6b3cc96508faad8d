import type { Backend } from "../runtime/backend";
import type { Session } from "../runtime/session";
import { buildOlmo2Forward, olmo2Parameters } from "../stages/model/olmo2";
import type { TextTrainingPoint } from "../stages/model/types";
import { int32, int64, type FloatTensor } from "../tensor/host-tensor";
import { RandomStream } from "../tensor/random";
import { predictNext, type NextTokens, type TextToRecite } from "./olmo-evaluate";
import { buildOlmoStep } from "./olmo-step";
import { initialOlmoWeights } from "./olmo-weights";
import { textLearningRates, type TextTrainingRecipe } from "./text-recipe";
import { TrainedWeights } from "./trained-weights";

const evaluationBatch = 20;

/** Token ids a language model is trained and measured with. */
export interface TextTrainingData {
  /** All training documents, one after the other, each behind its end-of-text token. */
  readonly stream: Int32Array;
  readonly planted: readonly TextToRecite[];
  readonly quotes: readonly TextToRecite[];
  /** Windows of text that is never trained on. */
  readonly heldOut: readonly (readonly number[])[];
}

/** Where training stands; with it a run goes on as if it had never stopped. */
export interface TextTrainingState {
  /** Weights and moments, by graph input name. */
  readonly tensors: ReadonlyMap<string, FloatTensor>;
  readonly steps: number;
  readonly curve: readonly TextTrainingPoint[];
}

export interface TextTrainingEvents {
  readonly onStep?: (step: number, steps: number, loss: number, tokensPerSecond: number) => void;
  readonly onPoint?: (
    point: TextTrainingPoint,
    steps: number,
    state: () => Promise<TextTrainingState>,
  ) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** Steps of one pass over a stream: windows overlap by the one token that is the last target and the next input. */
export function stepsOf({ length, batch }: TextTrainingRecipe, stream: ArrayLike<number>): number {
  return Math.floor(Math.floor((stream.length - 1) / length) / batch);
}

/**
 * Trains an OLMo-2 in one pass over its windows in random order, with gradients and AdamW as graph nodes.
 * @throws DOMException `AbortError` when the signal fires; the last evaluation's state has been reported by then.
 */
export async function trainOlmo(
  backend: Backend,
  recipe: TextTrainingRecipe,
  data: TextTrainingData,
  events: TextTrainingEvents = {},
  resumed?: TextTrainingState,
): Promise<TextTrainingState> {
  const { batch, length } = recipe;
  const steps = stepsOf(recipe, data.stream);
  if (steps < 1) {
    throw new RangeError(
      `training: expected text for at least one step of ${batch * length} tokens, got ${data.stream.length}`,
    );
  }
  const names = [...olmo2Parameters(recipe.model).keys()];
  const weights = new TrainedWeights(
    backend,
    olmo2Parameters(recipe.model),
    resumed?.tensors ?? initialOlmoWeights(recipe.model, recipe.seed),
    resumed?.steps,
  );
  const curve: TextTrainingPoint[] = [...(resumed?.curve ?? [])];
  const state = async (): Promise<TextTrainingState> => {
    const { steps } = weights;
    const points = [...curve];
    return { tensors: await weights.snapshot(), steps, curve: points };
  };
  const order = new RandomStream(recipe.seed, 1_000_000).permutation(steps * batch);
  const step = await backend.compile(buildOlmoStep(recipe), "host");
  const forward = await backend.compile(buildOlmo2Forward(recipe.model, evaluationBatch, length), "host");
  try {
    const began = performance.now();
    const first = weights.steps;
    let total = 0;
    let counted = 0;
    while (weights.steps < steps) {
      events.signal?.throwIfAborted();
      const at = weights.steps;
      const rates = textLearningRates(recipe, at, steps);
      const starts = Array.from({ length: batch }, (_, i) => (order[at * batch + i] ?? 0) * length);
      const inputs = starts.flatMap((start) => [...data.stream.subarray(start, start + length)]);
      const labels = starts.flatMap((start) => [...data.stream.subarray(start + 1, start + length + 1)]);
      const fed = {
        input_ids: backend.upload(int64([batch * length, 1], inputs)),
        labels: backend.upload(int32([batch * length], labels)),
      };
      const loss = await weights.step(step, names, fed, rates, recipe.optimizer);
      total += loss;
      counted++;
      const seconds = (performance.now() - began) / 1000;
      events.onStep?.(weights.steps, steps, loss, ((weights.steps - first) * batch * length) / seconds);
      if (weights.steps % recipe.evaluateEvery === 0 || weights.steps === steps) {
        curve.push({
          step: weights.steps,
          loss: total / counted,
          ...(await evaluate(backend, forward, weights, data, length)),
        });
        total = 0;
        counted = 0;
        const point = curve.at(-1);
        if (point) await events.onPoint?.(point, steps, state);
      }
    }
    return await state();
  } finally {
    await step.release();
    await forward.release();
  }
}

async function evaluate(
  backend: Backend,
  forward: Session,
  weights: TrainedWeights,
  { planted, quotes, heldOut }: TextTrainingData,
  length: number,
): Promise<Pick<TextTrainingPoint, "perplexity" | "suffixAccuracy" | "strict" | "quotes">> {
  const predicted = (texts: readonly (readonly number[])[]): Promise<NextTokens[]> =>
    predictNext(backend, forward, weights.feeds, texts, length);
  const ofPlanted = recited(planted, await predicted(planted.map(({ ids }) => ids)));
  const ofQuotes = recited(quotes, await predicted(quotes.map(({ ids }) => ids)));
  const losses = (await predicted(heldOut)).flatMap((text) => text.losses);
  return {
    perplexity: Math.exp(losses.reduce((sum, loss) => sum + loss, 0) / losses.length),
    suffixAccuracy: ofPlanted.tokens,
    strict: ofPlanted.texts,
    quotes: ofQuotes.texts,
  };
}

/** Shares of suffix tokens, and of whole suffixes, that are predicted. */
function recited(
  texts: readonly TextToRecite[],
  predictions: readonly NextTokens[],
): { tokens: number; texts: number } {
  let rightTokens = 0;
  let rightTexts = 0;
  let tokens = 0;
  for (const [i, { suffix }] of texts.entries()) {
    const right = predictions[i]?.right.slice(-suffix) ?? [];
    const count = right.filter(Boolean).length;
    rightTokens += count;
    tokens += suffix;
    if (count === suffix) rightTexts++;
  }
  return { tokens: rightTokens / tokens, texts: rightTexts / texts.length };
}
