import { isTextRecipe, type Recipe, type TextRecipe } from "../recipe/schema";
import { textSourceOf, withSource, type SourceId } from "../recipe/text-source";
import type { Backend } from "../runtime/backend";
import type { Samples } from "../stages/data/types";
import type { FactorSummary } from "../stages/factors/types";
import type { LinearId, Tapped } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { linearSpectra } from "../stages/spectrum/decompose";
import type { LinearSpectrum, Spectrum } from "../stages/spectrum/types";
import { Curvature, sumsKey } from "./curvature";
import type { SharedSeconds } from "./edit-cost";
import { artifactKey } from "./key";
import { Slot } from "./slot";
import type { Study, Subject } from "./study";

/** What is kept of one recipe's factors. */
export interface HeldFactors {
  readonly factors: readonly FactorSummary[];
  readonly spectra: readonly LinearSpectrum[];
  /** Device memory of the factors and their eigenvectors. */
  readonly bytes: number;
}

/** Factors and bases of the model at hand by recipe: which of them stay in memory, and of how many samples they are. */
export class RecipeFactors {
  readonly #curvature: Curvature;
  readonly #samples = new Slot<Samples>();
  /** How many samples a text has that has fewer than were asked for, by what factors are of. */
  readonly #available = new Map<string, number>();
  /** Texts whose factors stay in memory beside those of the recipe at hand. */
  #beside: readonly SourceId[] = [];

  constructor(backend: Backend) {
    this.#curvature = new Curvature(backend);
  }

  /** Samples averaged so far. */
  samples(recipe: Recipe): number {
    return this.#curvature.samples(keyOf(recipe));
  }

  /** Whether nothing has to be collected. */
  holds(recipe: Recipe, subject: Subject): boolean {
    return this.#curvature.holds(keyOf(recipe), recipe.factors, this.#sampleCount(recipe, subject));
  }

  decomposed(recipe: Recipe, linears: readonly LinearId[]): boolean {
    return this.#curvature.decomposed(keyOf(recipe), linears);
  }

  decompose(
    recipe: Recipe,
    model: Tapped,
    linears: readonly LinearId[],
    context: StageContext,
  ): Promise<Spectrum> {
    return this.#curvature.decompose(keyOf(recipe), model, linears, context);
  }

  /** Whether the corrected curvature of these linears is there. */
  corrected(recipe: Recipe, linears: readonly LinearId[]): boolean {
    return this.#curvature.corrected(keyOf(recipe), linears);
  }

  spectrum(recipe: Recipe, linears: readonly LinearId[]): Spectrum {
    return this.#curvature.spectrum(keyOf(recipe), linears);
  }

  seconds(recipe: Recipe): SharedSeconds {
    return this.#curvature.seconds(keyOf(recipe));
  }

  summaries(recipe: Recipe): readonly FactorSummary[] {
    return this.#curvature.summaries(keyOf(recipe));
  }

  held(recipe: Recipe): HeldFactors {
    const spectra = linearSpectra(this.spectrum(recipe, recipe.factors.linears));
    return { factors: this.summaries(recipe), spectra, bytes: this.#curvature.bytes(keyOf(recipe)) };
  }

  /** From now on keeps factors of these texts in memory beside those of a recipe; gives back all others. */
  keepBeside(recipe: TextRecipe, sources: readonly SourceId[]): void {
    this.#beside = sources;
    this.#freeOthers(recipe);
  }

  /** Brings the factors to as many samples as the recipe asks for, or as its text has. */
  async collect(recipe: Recipe, subject: Subject, study: Study, context: StageContext): Promise<void> {
    this.#freeOthers(recipe);
    if (this.holds(recipe, subject)) return;
    const key = keyOf(recipe);
    const samples = await this.#samplesOf(recipe, subject, study, context);
    const { count = Infinity } = samples;
    if (count < subject.factorSamples) this.#available.set(key, count);
    const total = Math.min(subject.factorSamples, count);
    await this.#curvature.collect(key, study.tapped, samples, recipe.factors, total, context);
  }

  /** Corrects the curvature of decomposed linears by a second pass over the samples of the factors. */
  async correct(
    recipe: Recipe,
    subject: Subject,
    study: Study,
    linears: readonly LinearId[],
    context: StageContext,
  ): Promise<void> {
    const samples = await this.#samplesOf(recipe, subject, study, context);
    await this.#curvature.correct(keyOf(recipe), study.tapped, samples, recipe.factors, linears, context);
  }

  /** Also before another model takes the place of the one at hand. */
  async release(): Promise<void> {
    await this.#samples.clear();
    this.#available.clear();
    this.#curvature.release();
  }

  /** The samples that factors are averaged over. */
  async #samplesOf(recipe: Recipe, subject: Subject, study: Study, context: StageContext): Promise<Samples> {
    const key = artifactKey("samples", subject.factorSamples, keyOf(recipe));
    return this.#samples.get(key) ?? this.#samples.put(key, await study.samples(context));
  }

  /** Samples that the factors will be averaged over, as far as is known. */
  #sampleCount(recipe: Recipe, { factorSamples }: Subject): number {
    return Math.min(factorSamples, this.#available.get(keyOf(recipe)) ?? factorSamples);
  }

  /** Gives back all factors but those of the recipe, and of the texts beside its own. */
  #freeOthers(recipe: Recipe): void {
    const beside = isTextRecipe(recipe) ? this.#beside.map((source) => withSource(recipe, source)) : [];
    this.#curvature.keepOnly([recipe, ...beside].map(keyOf));
  }
}

/** What the factors are of: with another text their sums cannot be added to. */
function keyOf(recipe: Recipe): string {
  const text = isTextRecipe(recipe) ? textSourceOf(recipe) : undefined;
  return sumsKey(artifactKey("data", [recipe.data, text, recipe.model]), recipe.factors);
}
