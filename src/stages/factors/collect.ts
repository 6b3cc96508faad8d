import type { Backend } from "../../runtime/backend";
import type { CovarianceSum, CovarianceSums } from "../../runtime/covariance-sums";
import type { Samples } from "../data/types";
import type { Linear, LinearId, TapGraph, Tapped } from "../model/types";
import type { StageContext } from "../progress";
import { TapRuns, type TapSession } from "./tap-runs";
import type { TapChoice } from "./types";

/** Sums behind the factors of one linear. */
export interface LinearSums {
  readonly linear: Linear;
  readonly A: CovarianceSum;
  readonly G: CovarianceSum;
}

/**
 * Factor sums over the first samples of a data set. They can be added to: `collect` goes on where it stopped, also
 * after a cancel, and the result does not depend on how often that happened.
 */
export class FactorSums {
  readonly linears: ReadonlyMap<LinearId, LinearSums>;
  readonly #runs: TapRuns;
  readonly #sums: CovarianceSums;
  #samples = 0;

  constructor(backend: Backend, model: Tapped, spec: TapChoice) {
    this.#runs = new TapRuns(backend, model, spec);
    const { taps } = this.#runs.taps;
    // Linears that read the same inputs have one output, and so one sum, for their A.
    const sizes = taps.flatMap(({ linear, a, g }) => [
      [a, linear.inputs] as const,
      [g, linear.outputs] as const,
    ]);
    const sums = backend.covarianceSums(new Map(sizes));
    this.#sums = sums;
    this.linears = new Map(
      taps.map(({ linear, a, g }) => [linear.id, { linear, A: sums.of(a), G: sums.of(g) }]),
    );
  }

  /** Samples (images, windows of text) averaged so far. */
  get samples(): number {
    return this.#samples;
  }

  /** Adds samples until `total` have been seen. What was added before an abort stays. */
  async collect(source: Samples, total: number, context: StageContext): Promise<void> {
    if (this.#samples >= total) return;
    const open = async ({ graph, batch }: TapGraph): Promise<TapSession> => {
      const session = await this.#sums.compile(graph);
      return {
        run: async (feeds, counted) => {
          await session.run(feeds, counted, batch);
          this.#samples += counted;
        },
        release: () => session.release(),
      };
    };
    await this.#runs.run(source, this.#samples, total, open, source.unit, context);
  }

  release(): void {
    this.#sums.release();
  }
}
