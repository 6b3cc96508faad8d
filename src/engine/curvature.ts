import type { Backend } from "../runtime/backend";
import type { DeviceTensor } from "../runtime/device-tensor";
import type { Samples } from "../stages/data/types";
import { FactorSums } from "../stages/factors/collect";
import { correctedCurvature } from "../stages/factors/corrected";
import type { FactorSummary, TapChoice } from "../stages/factors/types";
import type { LinearId, Tapped } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { decomposeFactors, decomposeWeights, releaseSpectrum } from "../stages/spectrum/decompose";
import type { KfacBasis, SingularBasis, Spectrum } from "../stages/spectrum/types";
import { sizeOf } from "../tensor/shape";
import type { SharedSeconds } from "./edit-cost";
import { artifactKey } from "./key";

/** Time spent on what is held, stopped work included. */
interface Spent {
  milliseconds: number;
}

/** What was decomposed of sums over `samples`, linear by linear. */
interface Bases extends Spent {
  readonly samples: number;
  readonly kfac: Map<LinearId, KfacBasis>;
  /** Corrected curvature in these bases over as many samples. */
  readonly corrected: Map<LinearId, DeviceTensor>;
}

interface Collected extends Spent {
  readonly sums: FactorSums;
  /** Of no use while they are of another number of samples than the sums. */
  bases: Bases;
}

function noneAt(samples: number): Bases {
  return { samples, kfac: new Map(), corrected: new Map(), milliseconds: 0 };
}

/**
 * Key of what factors are of, apart from how many samples and which linears: both can be added to. `sourceKey` stands
 * for the model and the samples.
 */
export function sumsKey(sourceKey: string, spec: TapChoice): string {
  return artifactKey("sums", [spec.labels, spec.tokens, spec.seed], sourceKey);
}

const noBases: ReadonlyMap<LinearId, never> = new Map<LinearId, never>();

/**
 * Factors and bases of the model at hand, by what they are of. More samples are added to the sums there are; linears
 * beyond those collected mean a new collection of all of them; a basis is computed once per linear and number of
 * samples, and so is the corrected curvature in it, which both outlast a new collection over as many samples. What is
 * not asked to stay is given back with `keepOnly`.
 */
export class Curvature {
  readonly #backend: Backend;
  readonly #collected = new Map<string, Collected>();
  #singular = new Map<LinearId, SingularBasis>();
  readonly #spentOnSingular: Spent = { milliseconds: 0 };

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  samples(key: string): number {
    return this.#collected.get(key)?.sums.samples ?? 0;
  }

  /** What edits by the factors of a key, or by singular values, share. */
  seconds(key: string): SharedSeconds {
    const { milliseconds = 0, bases } = this.#collected.get(key) ?? {};
    return {
      curvature: (milliseconds + (bases?.milliseconds ?? 0)) / 1000,
      singular: this.#spentOnSingular.milliseconds / 1000,
    };
  }

  /** Whether nothing has to be collected for this specification. */
  holds(key: string, spec: TapChoice, samples: number): boolean {
    return this.#usable(key, spec, samples) && this.samples(key) === samples;
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
      const bases = this.#freeSums(key, spec, samples);
      try {
        const sums = new FactorSums(this.#backend, model, spec);
        this.#collected.set(key, { sums, bases, milliseconds: 0 });
      } catch (error) {
        releaseBases(bases);
        throw error;
      }
    }
    const collected = this.#collected.get(key);
    if (collected) await timed(collected, () => collected.sums.collect(source, samples, context));
  }

  /** Whether the weights of these linears have been decomposed, and the factors of those that have some. */
  decomposed(key: string, linears: readonly LinearId[]): boolean {
    const collected = this.#collected.get(key);
    if (collected?.bases.samples !== this.samples(key)) return false;
    const { sums, bases } = collected;
    return linears.every((id) => this.#singular.has(id) && (bases.kfac.has(id) || !sums.linears.has(id)));
  }

  /** Decomposes what has not been decomposed yet; of linears without factors the weights alone. */
  async decompose(
    key: string,
    model: Tapped,
    linears: readonly LinearId[],
    context: StageContext,
  ): Promise<Spectrum> {
    const collected = this.#collected.get(key);
    if (!collected) throw new Error("curvature: no factors have been collected");
    const { sums } = collected;
    if (collected.bases.samples !== sums.samples) {
      releaseBases(collected.bases);
      collected.bases = noneAt(sums.samples);
    }
    const { bases } = collected;
    const known = new Map(model.summary.linears.map((linear) => [linear.id, linear]));
    const unsplit = linears.filter((id) => !this.#singular.has(id)).flatMap((id) => known.get(id) ?? []);
    if (unsplit.length > 0) {
      const split = await timed(this.#spentOnSingular, () =>
        decomposeWeights(this.#backend, model, unsplit, context),
      );
      for (const [id, basis] of split) this.#singular.set(id, basis);
    }
    const pairs = linears.flatMap((id) => {
      const pair = sums.linears.get(id);
      return pair && !bases.kfac.has(id) ? [pair] : [];
    });
    if (pairs.length > 0) {
      const found = await timed(bases, () => decomposeFactors(this.#backend, model, pairs, context));
      for (const [id, basis] of found) bases.kfac.set(id, basis);
    }
    return this.spectrum(key, linears);
  }

  /** Whether the corrected curvature of these linears is there. */
  corrected(key: string, linears: readonly LinearId[]): boolean {
    const bases = this.#collected.get(key)?.bases;
    return (
      linears.length === 0 ||
      (bases?.samples === this.samples(key) && linears.every((id) => bases.corrected.has(id)))
    );
  }

  /** Corrects the curvature of decomposed linears by a second pass over the samples of the factors. */
  async correct(
    key: string,
    model: Tapped,
    source: Samples,
    spec: TapChoice,
    linears: readonly LinearId[],
    context: StageContext,
  ): Promise<void> {
    const collected = this.#collected.get(key);
    if (!collected) throw new Error("curvature: no factors have been collected");
    const { bases } = collected;
    const missing = linears.filter((id) => !bases.corrected.has(id));
    if (missing.length === 0) return;
    const taps = { ...spec, linears: missing };
    const means = await timed(bases, () =>
      correctedCurvature(this.#backend, model, source, taps, bases.samples, bases.kfac, context),
    );
    for (const [id, mean] of means) bases.corrected.set(id, mean);
  }

  /** Bases of these linears, which must have been decomposed. */
  spectrum(key: string, linears: readonly LinearId[]): Spectrum {
    const { kfac, corrected } = this.#collected.get(key)?.bases ?? { kfac: noBases, corrected: noBases };
    const chosen = <T>(bases: ReadonlyMap<LinearId, T>): Map<LinearId, T> =>
      new Map(
        linears.flatMap((id) => {
          const basis = bases.get(id);
          return basis === undefined ? [] : [[id, basis] as const];
        }),
      );
    return { kfac: chosen(kfac), singular: chosen(this.#singular), corrected: chosen(corrected) };
  }

  /** Traces are sums of eigenvalues: undefined until the factors have been decomposed. */
  summaries(key: string): FactorSummary[] {
    const collected = this.#collected.get(key);
    if (!collected) return [];
    const { sums, bases } = collected;
    const trace = (values: Float32Array | undefined): number | undefined =>
      values?.reduce((sum, value) => sum + value, 0);
    return [...sums.linears].map(([linear, { A }]) => {
      const basis = bases.samples === sums.samples ? bases.kfac.get(linear) : undefined;
      return { linear, samples: A.count, traceA: trace(basis?.lambda), traceG: trace(basis?.mu) };
    });
  }

  /** Bytes that the factors and bases of one key take on the device; what linears share is counted once. */
  bytes(key: string): number {
    const collected = this.#collected.get(key);
    if (!collected) return 0;
    const sums = new Set([...collected.sums.linears.values()].flatMap(({ A, G }) => [A, G]));
    const tensors = new Set(
      [...collected.bases.kfac.values()].flatMap(({ UA, UG, coefficients }) => [UA, UG, coefficients]),
    );
    for (const tensor of collected.bases.corrected.values()) tensors.add(tensor);
    const floats =
      [...sums].reduce((total, { size }) => total + size * size, 0) +
      [...tensors].reduce((total, { shape }) => total + sizeOf(shape), 0);
    return 4 * floats;
  }

  /** Gives back everything of other keys. */
  keepOnly(keys: readonly string[]): void {
    for (const key of [...this.#collected.keys()]) if (!keys.includes(key)) this.#free(key);
  }

  release(): void {
    this.keepOnly([]);
    releaseSpectrum({ kfac: noBases, singular: this.#singular });
    this.#singular = new Map();
    this.#spentOnSingular.milliseconds = 0;
  }

  #usable(key: string, spec: TapChoice, samples: number): boolean {
    const collected = this.#collected.get(key);
    return (
      collected !== undefined &&
      collected.sums.samples <= samples &&
      spec.linears.every((id) => collected.sums.linears.has(id))
    );
  }

  #free(key: string): void {
    const collected = this.#collected.get(key);
    if (!collected) return;
    collected.sums.release();
    releaseBases(collected.bases);
    this.#collected.delete(key);
  }

  /** Gives back the sums before others take their place, and what will not be of the others; the rest is its caller's. */
  #freeSums(key: string, { linears }: TapChoice, samples: number): Bases {
    const collected = this.#collected.get(key);
    if (!collected) return noneAt(0);
    const { sums, bases } = collected;
    const all = [...sums.linears.keys()].every((id) => linears.includes(id));
    if (!all || bases.samples !== samples) {
      this.#free(key);
      return noneAt(0);
    }
    sums.release();
    this.#collected.delete(key);
    return bases;
  }
}

function releaseBases({ kfac, corrected }: Bases): void {
  releaseSpectrum({ kfac, singular: noBases });
  for (const tensor of corrected.values()) tensor.release();
}

async function timed<T>(spent: Spent, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    spent.milliseconds += performance.now() - began;
  }
}
