import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { CrossMean } from "../../runtime/linear-algebra";
import type { Samples } from "../data/types";
import type { LinearId, TapGraph, Tapped } from "../model/types";
import type { StageContext } from "../progress";
import { TapRuns, type TapSession } from "./tap-runs";
import type { TapChoice } from "./types";

/** Eigenvectors of the factors of one linear as rows: of A [d_in, d_in] and of G [d_out, d_out]. */
export interface Eigenvectors {
  readonly UA: DeviceTensor;
  readonly UG: DeviceTensor;
}

/**
 * Corrected curvature of every pair of eigenvectors (EK-FAC): the mean over samples of (uⱼ·g)²(vᵢ·a)², [d_out, d_in],
 * element (j, i) belonging to λᵢμⱼ. K-FAC takes the product of the two means instead, as if a and g were independent.
 * A sample is one token, as it is in A and G: its a and g alone, not their sum over the tokens of an image or a window.
 * A second pass over the samples of the factors with the same sampled labels; nothing is read back in it.
 * @throws the signal's reason at an abort, after which nothing is held.
 */
export async function correctedCurvature(
  backend: Backend,
  model: Tapped,
  source: Samples,
  spec: TapChoice,
  samples: number,
  bases: ReadonlyMap<LinearId, Eigenvectors>,
  context: StageContext,
): Promise<ReadonlyMap<LinearId, DeviceTensor>> {
  const { signal } = context;
  const algebra = backend.linearAlgebra;
  const runs = new TapRuns(backend, model, spec);
  const means = new Map<LinearId, CrossMean>();
  const add = async (
    outputs: Readonly<Record<string, DeviceTensor>>,
    first: (rows: number) => number,
  ): Promise<void> => {
    /** Linears that read the same inputs in the same basis share the projections of these. */
    const shared: Record<"activations" | "UA" | "squares", DeviceTensor>[] = [];
    const inputsOf = async (activations: DeviceTensor, UA: DeviceTensor, rows: number) => {
      const known = shared.find((one) => one.UA === UA && one.activations === activations);
      if (known) return known.squares;
      const squares = await algebra.squaredResponses(activations, rows, UA, signal);
      shared.push({ activations, UA, squares });
      return squares;
    };
    try {
      for (const { linear, a, g } of runs.taps.taps) {
        const activations = outputs[a];
        const gradients = outputs[g];
        const basis = bases.get(linear.id);
        const mean = means.get(linear.id);
        if (!activations || !gradients || !basis || !mean)
          throw new Error(`factors: no tap or basis of ${linear.id}`);
        const rows = first(activations.shape[0] ?? 0);
        const inputs = await inputsOf(activations, basis.UA, rows);
        const outs = await algebra.squaredResponses(gradients, rows, basis.UG, signal);
        try {
          await mean.add(outs, inputs, signal);
        } finally {
          outs.release();
        }
      }
    } finally {
      for (const { squares } of shared) squares.release();
    }
  };
  const open = async ({ graph, batch }: TapGraph): Promise<TapSession> => {
    const session = await backend.compile(graph, "device");
    return {
      run: async (feeds, counted) => {
        const outputs = await session.run(feeds);
        try {
          await add(outputs, (rows) => (rows / batch) * counted);
        } finally {
          for (const tensor of Object.values(outputs)) tensor.release();
        }
      },
      release: () => session.release(),
    };
  };
  try {
    for (const { linear } of runs.taps.taps) {
      const name = `corrected curvature of ${linear.id}`;
      means.set(linear.id, algebra.crossMean(name, linear.outputs, linear.inputs));
    }
    await runs.run(source, 0, samples, open, `${source.unit} of the second pass`, context);
    return new Map([...means].map(([id, mean]) => [id, mean.mean()]));
  } finally {
    for (const mean of means.values()) mean.release();
  }
}
