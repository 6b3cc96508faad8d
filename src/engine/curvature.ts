import type { Backend } from "../runtime/backend";
import type { Samples } from "../stages/data/types";
import { FactorSums } from "../stages/factors/collect";
import type { FactorSummary, TapChoice } from "../stages/factors/types";
import type { LinearId, Tapped } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { decomposeFactors, decomposeWeights, releaseSpectrum } from "../stages/spectrum/decompose";
import type { KfacBasis, SingularBasis, Spectrum } from "../stages/spectrum/types";
import type { SharedSeconds } from "./edit-cost";
import { artifactKey } from "./key";

interface Collected {
  readonly key: string;
  readonly sums: FactorSums;
  /** What was decomposed of these sums at `samples`; linear by linear. */
  kfac: Map<LinearId, KfacBasis>;
  samples: number;
}

/** Key of factors apart from how many samples and which linears: both can be added to. */
function growingKey(key: string, spec: TapChoice): string {
  return artifactKey("sums", [spec.labels, spec.tokens, spec.seed], key);
}

/**
 * Factors and bases of the model at hand. More samples are added to the sums there are; linears beyond those collected
 * mean a new collection of all of them; a basis is computed once per linear and number of samples.
 */
export class Curvature {
  readonly #backend: Backend;
  #collected: Collected | undefined;
  #singular = new Map<LinearId, SingularBasis>();
  /** Milliseconds of work on what is held, stopped work included. */
  #spent = { curvature: 0, singular: 0 };

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get samples(): number {
    return this.#collected?.sums.samples ?? 0;
  }

  get seconds(): SharedSeconds {
    return { curvature: this.#spent.curvature / 1000, singular: this.#spent.singular / 1000 };
  }

  async #timed<T>(of: keyof SharedSeconds, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.#spent[of] += performance.now() - began;
    }
  }

  /** Whether nothing has to be collected for this specification. */
  holds(key: string, spec: TapChoice, samples: number): boolean {
    return this.#usable(key, spec, samples) && this.samples === samples;
  }

  /** Brings the sums to so many samples. What was collected before an abort stays. */
  async collect(
    key: string,
    model: Tapped,
    source: Samples,
    spec: TapChoice,
    samples: number,
    context: StageContext,
  ): Promise<void> {
    if (!this.#usable(key, spec, samples)) {
      this.#releaseFactors();
      const sums = new FactorSums(this.#backend, model, spec);
      this.#collected = { key: growingKey(key, spec), sums, kfac: new Map(), samples: 0 };
    }
    const sums = this.#collected?.sums;
    await this.#timed("curvature", async () => sums?.collect(source, samples, context));
  }

  decomposed(linears: readonly LinearId[]): boolean {
    const collected = this.#collected;
    return (
      collected?.samples === this.samples &&
      linears.every((id) => collected.kfac.has(id) && this.#singular.has(id))
    );
  }

  /** Decomposes what has not been decomposed yet. */
  async decompose(model: Tapped, linears: readonly LinearId[], context: StageContext): Promise<Spectrum> {
    const collected = this.#collected;
    if (!collected) throw new Error("curvature: no factors have been collected");
    if (collected.samples !== collected.sums.samples) {
      releaseSpectrum({ kfac: collected.kfac, singular: new Map() });
      collected.kfac = new Map();
      collected.samples = collected.sums.samples;
    }
    const known = new Map(model.summary.linears.map((linear) => [linear.id, linear]));
    const unsplit = linears.filter((id) => !this.#singular.has(id)).flatMap((id) => known.get(id) ?? []);
    if (unsplit.length > 0) {
      const bases = await this.#timed("singular", () =>
        decomposeWeights(this.#backend, model, unsplit, context),
      );
      for (const [id, basis] of bases) this.#singular.set(id, basis);
    }
    const pairs = linears.flatMap((id) => {
      const sums = collected.sums.linears.get(id);
      return sums && !collected.kfac.has(id) ? [sums] : [];
    });
    if (pairs.length > 0) {
      const bases = await this.#timed("curvature", () =>
        decomposeFactors(this.#backend, model, pairs, context),
      );
      for (const [id, basis] of bases) collected.kfac.set(id, basis);
    }
    return this.spectrum(linears);
  }

  /** Bases of these linears, which must have been decomposed. */
  spectrum(linears: readonly LinearId[]): Spectrum {
    const kfac = this.#collected?.kfac ?? new Map<LinearId, KfacBasis>();
    const chosen = <T>(bases: ReadonlyMap<LinearId, T>): Map<LinearId, T> =>
      new Map(
        linears.flatMap((id) => {
          const basis = bases.get(id);
          return basis === undefined ? [] : [[id, basis] as const];
        }),
      );
    return { kfac: chosen(kfac), singular: chosen(this.#singular) };
  }

  /** Traces are sums of eigenvalues: undefined until the factors have been decomposed. */
  summaries(): FactorSummary[] {
    const collected = this.#collected;
    if (!collected) return [];
    const trace = (values: Float32Array | undefined): number | undefined =>
      values?.reduce((sum, value) => sum + value, 0);
    return [...collected.sums.linears].map(([linear, { A }]) => {
      const basis = collected.samples === collected.sums.samples ? collected.kfac.get(linear) : undefined;
      return { linear, samples: A.count, traceA: trace(basis?.lambda), traceG: trace(basis?.mu) };
    });
  }

  release(): void {
    this.#releaseFactors();
    releaseSpectrum({ kfac: new Map(), singular: this.#singular });
    this.#singular = new Map();
    this.#spent.singular = 0;
  }

  #usable(key: string, spec: TapChoice, samples: number): boolean {
    const collected = this.#collected;
    return (
      collected?.key === growingKey(key, spec) &&
      collected.sums.samples <= samples &&
      spec.linears.every((id) => collected.sums.linears.has(id))
    );
  }

  #releaseFactors(): void {
    if (!this.#collected) return;
    this.#collected.sums.release();
    releaseSpectrum({ kfac: this.#collected.kfac, singular: new Map() });
    this.#collected = undefined;
    this.#spent.curvature = 0;
  }
}
