import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { CovarianceSum } from "../../runtime/linear-algebra";
import type { Samples } from "../data/types";
import type { Linear, LinearId, Tapped } from "../model/types";
import type { StageContext } from "../progress";
import { TapRuns } from "./tap-runs";
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
  #samples = 0;

  constructor(backend: Backend, model: Tapped, spec: TapChoice) {
    this.#runs = new TapRuns(backend, model, spec);
    /** Linears that read the same inputs share their A. */
    const inputs = new Map<string, CovarianceSum>();
    this.linears = new Map(
      this.#runs.taps.taps.map(({ linear, a }) => {
        const { id } = linear;
        const A = inputs.get(a) ?? backend.linearAlgebra.covarianceSum(`A of ${id}`, linear.inputs);
        inputs.set(a, A);
        return [id, { linear, A, G: backend.linearAlgebra.covarianceSum(`G of ${id}`, linear.outputs) }];
      }),
    );
  }

  /** Samples (images, windows of text) averaged so far. */
  get samples(): number {
    return this.#samples;
  }

  /** Adds samples until `total` have been seen. What was added before an abort stays. */
  async collect(source: Samples, total: number, context: StageContext): Promise<void> {
    if (this.#samples >= total) return;
    const take = (outputs: Readonly<Record<string, DeviceTensor>>, samples: number): void => {
      this.#add(outputs, samples);
      this.#samples += samples;
    };
    await this.#runs.run(source, this.#samples, total, take, source.unit, context);
  }

  release(): void {
    const sums = [...this.linears.values()].flatMap(({ A, G }) => [A, G]);
    for (const sum of new Set(sums)) sum.release();
  }

  #add(outputs: Readonly<Record<string, DeviceTensor>>, samples: number): void {
    const added = new Set<CovarianceSum>();
    for (const { linear, a, g } of this.#runs.taps.taps) {
      const sums = this.linears.get(linear.id);
      const activations = outputs[a];
      const gradients = outputs[g];
      if (!sums || !activations || !gradients) throw new Error(`factors: no tap of ${linear.id}`);
      const rows = this.#runs.rows(linear, samples);
      if (!added.has(sums.A)) sums.A.add(activations, rows);
      added.add(sums.A);
      sums.G.add(gradients, rows);
    }
  }
}
