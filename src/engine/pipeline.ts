import { isTextRecipe, type Recipe, type StageName, type TextRecipe } from "../recipe/schema";
import { textSourceOf, withSource, type SourceId } from "../recipe/text-source";
import type { Backend } from "../runtime/backend";
import { applyEdit } from "../stages/edit/apply";
import type { Subnet } from "../stages/edit/balanced-subnet";
import { correctedLinears } from "../stages/edit/ranked";
import type { EditSpec } from "../stages/edit/types";
import type { DeviceTensor } from "../runtime/device-tensor";
import type { Samples } from "../stages/data/types";
import type { FactorSummary } from "../stages/factors/types";
import type { LinearId, LoadedModel } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { linearSpectra } from "../stages/spectrum/decompose";
import type { LinearBands, LinearSpectrum, Spectrum } from "../stages/spectrum/types";
import { float32, type FloatTensor } from "../tensor/host-tensor";
import type { EditResult, EngineEvent } from "./api";
import { analyseBands } from "./bands";
import { Curvature, sumsKey } from "./curvature";
import { editCost } from "./edit-cost";
import { failureOf, LabError } from "./failure";
import { artifactKey, stableJson } from "./key";
import { missingText, type TextLoader } from "./own-texts";
import { stageContext } from "./reporter";
import { Slot } from "./slot";
import type { Evaluation, Outcome, Study, Subject } from "./study";
import { subjectOf } from "./subject";
import { Subnets } from "./subnets";
import { forgetSetFor, withTargeted } from "./targeted";

/** Loads the weights a recipe names. */
export type ModelLoader = (
  recipe: Pick<Recipe, "model">,
  backend: Backend,
  context: StageContext,
) => Promise<LoadedModel>;

export interface EditedModel {
  readonly config: unknown;
  readonly weights: ReadonlyMap<string, FloatTensor>;
}

type Emit = (event: EngineEvent) => void;

interface Ready {
  readonly study: Study;
  readonly evaluation: Evaluation;
  readonly spectrum: Spectrum;
  /** Masks of an edit that needs them. */
  readonly subnet: Subnet | undefined;
}

type Measured = Pick<Evaluation, "unedited" | "measure">;
type MeasuredBy = Omit<Ready, "evaluation"> & { readonly evaluation: Measured };

/** What is kept of one recipe's factors. */
export interface HeldFactors {
  readonly factors: readonly FactorSummary[];
  readonly spectra: readonly LinearSpectrum[];
  readonly bytes: number;
}

function reporting(stage: StageName, signal: AbortSignal, emit: Emit): StageContext {
  return stageContext(
    stage,
    signal,
    (progress) => emit({ kind: "progress", progress }),
    (notice) => emit({ kind: "notice", notice }),
  );
}

/**
 * Runs recipes stage by stage and keeps what the next run can use: an artifact is made anew only when its
 * specification or something it was made from has changed. The model's own weights are never written to.
 */
export class Pipeline {
  readonly backend: Backend;
  readonly #load: ModelLoader;
  readonly #model = new Slot<LoadedModel>((model) => {
    model.release();
  });
  readonly #evaluation = new Slot<Evaluation>((evaluation) => evaluation.release());
  readonly #bands = new Slot<readonly LinearBands[]>();
  readonly #edits = new Slot<Map<string, EditResult>>();
  readonly #samples = new Slot<Samples>();
  /** How many samples a text has that has fewer than were asked for, by what factors are of. */
  readonly #available = new Map<string, number>();
  readonly #curvature: Curvature;
  readonly #subnets: Subnets;
  readonly #loadText: TextLoader;
  /** Texts whose factors stay in memory beside those of the recipe at hand. */
  #beside: readonly SourceId[] = [];

  constructor(backend: Backend, load: ModelLoader, loadText: TextLoader = noTexts) {
    this.backend = backend;
    this.#load = load;
    this.#loadText = loadText;
    this.#curvature = new Curvature(backend);
    this.#subnets = new Subnets(backend);
  }

  /**
   * Runs all stages, or those that edits of the recipe's linears need; emits what each yields, cached or not. Rejects
   * with what went wrong.
   */
  async run(
    recipe: Recipe,
    signal: AbortSignal,
    emit: Emit,
    until: "spectrum" | "bands" = "bands",
  ): Promise<void> {
    let stage: StageName = "data";
    const inStage = async <T>(
      name: StageName,
      cached: boolean,
      work: (c: StageContext) => Promise<T>,
    ): Promise<T> => {
      stage = name;
      signal.throwIfAborted();
      emit({ kind: "stage-started", stage: name, cached });
      const began = performance.now();
      const result = await work(reporting(name, signal, emit));
      emit({ kind: "stage-finished", stage: name, milliseconds: performance.now() - began });
      return result;
    };
    try {
      const subject = subjectOf(recipe, this.#loadText);
      await inStage("data", true, () => {
        emit({ kind: "data", summary: subject.summary });
        return Promise.resolve();
      });
      const loaded = this.#model.get(this.#modelKey(recipe)) !== undefined;
      const study = await inStage("model", loaded, (c) => this.#open(recipe, subject, c));
      emit({ kind: "model", summary: study.model.summary });
      const evaluated = this.#evaluation.get(this.#evaluationKey(recipe)) !== undefined;
      const evaluation = await inStage("evaluation", evaluated, (c) => this.#prepare(recipe, study, c));
      if (until === "bands") {
        emit(evaluation.evaluated);
        await this.#evaluateEdits(recipe, study, undefined, signal, emit);
      }

      const key = this.#sumsKey(recipe);
      const held = this.#curvature.holds(key, recipe.factors, this.#sampleCount(recipe, subject));
      await inStage("factors", held, (c) => this.#collect(recipe, subject, study, c));
      const tellFactors = (): void => {
        const samples = this.#curvature.samples(key);
        emit({ kind: "factors", samples, factors: this.#curvature.summaries(key) });
      };
      tellFactors();
      const { linears } = recipe.factors;
      await inStage("spectrum", this.#curvature.decomposed(key, linears), (c) =>
        this.#curvature.decompose(key, study.tapped, linears, c),
      );
      const wanted = correctedByEdits(recipe);
      if (!this.#curvature.corrected(key, wanted))
        await inStage("factors", false, (c) => this.#correct(recipe, subject, study, wanted, c));
      const spectrum = this.#curvature.spectrum(key, linears);
      tellFactors();
      emit({ kind: "spectrum", spectra: linearSpectra(spectrum) });
      if (until === "spectrum") return;
      const results = await this.#results(recipe);
      const edited = recipe.edits.every((edit) => results.has(stableJson(edit)));
      await inStage("edit", edited, () => this.#evaluateEdits(recipe, study, spectrum, signal, emit));
      const responded = this.#bands.get(this.#bandsKey(recipe)) !== undefined;
      const bands = await inStage("spectrum", responded, (c) =>
        this.#respond(recipe, evaluation, spectrum, c),
      );
      emit({ kind: "bands", bands });
      emit({ kind: "memory", gpuBytes: this.backend.deviceBytes() });
    } catch (error) {
      emit({ kind: "failed", failure: failureOf(error, stage) });
      throw error;
    }
  }

  /** Whether `run` has made all that this edit needs. */
  holds(recipe: Recipe, edit: EditSpec): boolean {
    return this.#find(recipe, edit) !== undefined;
  }

  /** Evaluates one edit of a recipe that `run` has finished for; `scored` leaves out what takes text to be written. */
  async evaluate(
    recipe: Recipe,
    edit: EditSpec,
    context: StageContext,
    depth: "whole" | "scored" = "whole",
  ): Promise<EditResult> {
    const ready = this.#ready(recipe, edit);
    const { evaluation } = ready;
    const { unedited } = evaluation;
    const scored: Measured = { unedited, measure: (weights, at) => evaluation.score(weights, at) };
    return this.#evaluateEdit(
      { ...ready, evaluation: depth === "whole" ? evaluation : scored },
      recipe,
      edit,
      0,
      context,
    );
  }

  /** From now on keeps factors of these texts in memory beside those of a run; gives back all others. */
  keepBeside(recipe: TextRecipe, sources: readonly SourceId[]): void {
    this.#beside = sources;
    this.#freeOthers(recipe);
  }

  /** Factors and spectra that `run` has made for a recipe, and the device memory that they take. */
  factorsOf(recipe: Recipe): HeldFactors {
    const key = this.#sumsKey(recipe);
    return {
      factors: this.#curvature.summaries(key),
      spectra: linearSpectra(this.#curvature.spectrum(key, recipe.factors.linears)),
      bytes: this.#curvature.bytes(key),
    };
  }

  hasModel(recipe: Recipe): boolean {
    return this.#model.get(this.#modelKey(recipe)) !== undefined;
  }

  /** The model of a recipe. Where it is not at hand no run may be under way. */
  async model(recipe: Recipe, context: StageContext): Promise<LoadedModel> {
    const subject = subjectOf(recipe, this.#loadText);
    return (await this.#open(recipe, subject, context)).model;
  }

  /** The metrics of the unedited model of a recipe that `run` has finished for. */
  unedited(recipe: Recipe): Outcome["metrics"] {
    return this.#ready(recipe, { method: "none" }).evaluation.unedited.metrics;
  }

  /** A recipe's edited model: its configuration and all weights by parameter name, read back. */
  async editedModel(recipe: Recipe, edit: EditSpec): Promise<EditedModel> {
    return this.withEdit(recipe, edit, async (model, edited) => {
      const weights = new Map<string, FloatTensor>();
      for (const [name, original] of model.parameters) {
        const data = await this.backend.download(edited.get(name) ?? original);
        weights.set(name, float32(original.shape, data));
      }
      return { config: model.config, weights };
    });
  }

  /** Works with the model of a recipe that `run` has finished for and with the weights Ŵ of one edit, kept until then. */
  async withEdit<T>(
    recipe: Recipe,
    edit: EditSpec,
    work: (model: LoadedModel, weights: ReadonlyMap<LinearId, DeviceTensor>) => Promise<T>,
  ): Promise<T> {
    const { study, spectrum, subnet } = this.#ready(recipe, edit);
    const edited = await applyEdit(this.backend, study.model, spectrum, edit, undefined, subnet);
    try {
      return await work(study.model, edited.weights);
    } finally {
      edited.release();
    }
  }

  async release(): Promise<void> {
    await this.#evaluation.clear();
    this.#curvature.release();
    await this.#subnets.release();
    await this.#model.clear();
    this.backend.release();
  }

  #find(recipe: Recipe, edit: EditSpec): Ready | undefined {
    const model = this.#model.get(this.#modelKey(recipe));
    const evaluation = this.#evaluation.get(this.#evaluationKey(recipe));
    const subject = subjectOf(recipe, this.#loadText);
    const source = this.#sources(recipe, edit, subject);
    return model && evaluation && source ? { study: subject.with(model), evaluation, ...source } : undefined;
  }

  /** What an edit is made from, if it is all there. */
  #sources(recipe: Recipe, edit: EditSpec, subject: Subject): Pick<Ready, "spectrum" | "subnet"> | undefined {
    const key = this.#sumsKey(recipe);
    const without = this.#curvature.spectrum(key, []);
    if (edit.method === "none") return { spectrum: without, subnet: undefined };
    if (edit.method === "balanced-subnet") {
      const subnet = this.#subnets.get(this.#subnetsKey(recipe), edit);
      return subnet && { spectrum: without, subnet };
    }
    const { linears } = edit;
    const held =
      this.#curvature.holds(key, recipe.factors, this.#sampleCount(recipe, subject)) &&
      this.#curvature.decomposed(key, linears) &&
      this.#curvature.corrected(key, correctedLinears(edit));
    return held ? { spectrum: this.#curvature.spectrum(key, linears), subnet: undefined } : undefined;
  }

  #ready(recipe: Recipe, edit: EditSpec): Ready {
    const ready = this.#find(recipe, edit);
    if (ready) return ready;
    throw new LabError("This edit has not been computed yet.", "Let the run finish first.");
  }

  #modelKey(recipe: Recipe): string {
    return artifactKey("model", recipe.model);
  }

  /** What the factors are of. */
  #sumsKey(recipe: Recipe): string {
    const sourceKey = artifactKey("data", [recipe.data, textOf(recipe)], this.#modelKey(recipe));
    return sumsKey(sourceKey, recipe.factors);
  }

  /** Samples that the factors will be averaged over, as far as is known. */
  #sampleCount(recipe: Recipe, { factorSamples }: Subject): number {
    return Math.min(factorSamples, this.#available.get(this.#sumsKey(recipe)) ?? factorSamples);
  }

  /** Gives back all factors but those of the recipe, and of the texts beside its own. */
  #freeOthers(recipe: Recipe): void {
    const beside = isTextRecipe(recipe) ? this.#beside.map((source) => withSource(recipe, source)) : [];
    this.#curvature.keepOnly([recipe, ...beside].map((one) => this.#sumsKey(one)));
  }

  /** What masks are learned from. */
  #subnetsKey(recipe: Recipe): string {
    return artifactKey("subnets", recipe.data, this.#modelKey(recipe));
  }

  #bandsKey(recipe: Recipe): string {
    return artifactKey("bands", recipe.spectrum, this.#evaluationKey(recipe), stableJson(recipe.factors));
  }

  #evaluationKey(recipe: Recipe): string {
    return artifactKey("evaluation", recipe.evaluation, this.#modelKey(recipe), stableJson(recipe.data));
  }

  async #open(recipe: Recipe, subject: Subject, context: StageContext): Promise<Study> {
    const key = this.#modelKey(recipe);
    const known = this.#model.get(key);
    if (known) return subject.with(known);
    const model = await this.#load(recipe, this.backend, context);
    try {
      const study = subject.with(model);
      // What was computed with the model before goes first.
      await this.#evaluation.clear();
      await this.#samples.clear();
      this.#available.clear();
      this.#curvature.release();
      await this.#subnets.release();
      await this.#model.put(key, model);
      return study;
    } catch (error) {
      model.release();
      throw error;
    }
  }

  async #prepare(recipe: Recipe, study: Study, context: StageContext): Promise<Evaluation> {
    const key = this.#evaluationKey(recipe);
    const known = this.#evaluation.get(key);
    return known ?? this.#evaluation.put(key, await study.prepare(this.backend, context));
  }

  async #collect(recipe: Recipe, subject: Subject, study: Study, context: StageContext): Promise<void> {
    this.#freeOthers(recipe);
    const key = this.#sumsKey(recipe);
    const { factors } = recipe;
    if (this.#curvature.holds(key, factors, this.#sampleCount(recipe, subject))) return;
    const samples = await this.#samplesOf(recipe, subject, study, context);
    const { count = Infinity } = samples;
    if (count < subject.factorSamples) this.#available.set(key, count);
    const total = Math.min(subject.factorSamples, count);
    await this.#curvature.collect(key, study.tapped, samples, factors, total, context);
  }

  async #correct(
    recipe: Recipe,
    subject: Subject,
    study: Study,
    linears: readonly LinearId[],
    context: StageContext,
  ): Promise<void> {
    const samples = await this.#samplesOf(recipe, subject, study, context);
    const key = this.#sumsKey(recipe);
    await this.#curvature.correct(key, study.tapped, samples, recipe.factors, linears, context);
  }

  /** The samples that factors are averaged over. */
  async #samplesOf(recipe: Recipe, subject: Subject, study: Study, context: StageContext): Promise<Samples> {
    const key = artifactKey("samples", subject.factorSamples, this.#sumsKey(recipe));
    return this.#samples.get(key) ?? this.#samples.put(key, await study.samples(context));
  }

  /** Results of the edits so far under this key: they do not depend on the linears collected. */
  async #results(recipe: Recipe): Promise<Map<string, EditResult>> {
    const { linears: _, ...factors } = recipe.factors;
    const key = artifactKey("edit", factors, this.#evaluationKey(recipe));
    return this.#edits.get(key) ?? (await this.#edits.put(key, new Map()));
  }

  /** Without a spectrum, evaluates only what needs none; masks are learned last, as they take longest. */
  async #evaluateEdits(
    recipe: Recipe,
    study: Study,
    spectrum: Spectrum | undefined,
    signal: AbortSignal,
    emit: Emit,
  ): Promise<void> {
    const evaluation = this.#evaluation.get(this.#evaluationKey(recipe));
    if (!evaluation) throw new Error("pipeline: evaluation has not been prepared");
    const results = await this.#results(recipe);
    const learned = (edit: EditSpec): number => (edit.method === "balanced-subnet" ? 1 : 0);
    const ordered = [...recipe.edits.entries()].sort(([, a], [, b]) => learned(a) - learned(b));
    for (const [position, edit] of ordered) {
      const key = stableJson(edit);
      const known = results.get(key);
      if (!known && !spectrum && edit.method !== "none") continue;
      const forget = forgetSetFor(recipe, edit);
      const tell = (result: EditResult): void => {
        const parted = forget ? withTargeted(result, recipe, evaluation.evaluated, forget) : result;
        emit({ kind: "edit", result: { ...parted, position } });
      };
      const subnet = known ? undefined : await this.#learn(recipe, study, edit, position, signal, emit);
      const bases = spectrum ?? { kfac: new Map(), singular: new Map() };
      const ready = { study, evaluation, spectrum: bases, subnet };
      const context = reporting("edit", signal, emit);
      const result = known ?? (await this.#evaluateEdit(ready, recipe, edit, position, context, tell));
      results.set(key, result);
      tell(result);
    }
  }

  async #learn(
    recipe: Recipe,
    study: Study,
    edit: EditSpec,
    position: number,
    signal: AbortSignal,
    emit: Emit,
  ): Promise<Subnet | undefined> {
    if (edit.method !== "balanced-subnet") return undefined;
    const context = reporting("edit", signal, emit);
    return this.#subnets.learn(this.#subnetsKey(recipe), study, edit, context, (training) => {
      emit({ kind: "subnet", position, edit, training });
    });
  }

  async #evaluateEdit(
    { study, evaluation, spectrum, subnet }: MeasuredBy,
    recipe: Recipe,
    edit: EditSpec,
    position: number,
    context: StageContext,
    onPart?: (result: EditResult) => void,
  ): Promise<EditResult> {
    const began = performance.now();
    const { signal } = context;
    const edited = await applyEdit(this.backend, study.model, spectrum, edit, signal, subnet);
    const cost = editCost(
      edit,
      (performance.now() - began) / 1000,
      this.#curvature.seconds(this.#sumsKey(recipe)),
      subnet,
    );
    const { weights, summaries, staircases, densities } = edited;
    const result = (outcome: Outcome): EditResult => ({
      position,
      edit,
      kept: summaries,
      staircases,
      ...(Object.keys(densities).length > 0 && { densities }),
      ...outcome,
      milliseconds: performance.now() - began,
      ...(cost && { cost }),
      ...(subnet && { training: subnet.training }),
    });
    try {
      if (edit.method === "none") return result(evaluation.unedited);
      return result(await evaluation.measure(weights, context, (part) => onPart?.(result(part))));
    } finally {
      edited.release();
    }
  }

  async #respond(
    recipe: Recipe,
    { bands }: Evaluation,
    spectrum: Spectrum,
    context: StageContext,
  ): Promise<readonly LinearBands[]> {
    const key = this.#bandsKey(recipe);
    return (
      this.#bands.get(key) ??
      (await this.#bands.put(
        key,
        await analyseBands(this.backend, bands, spectrum, recipe.spectrum, context),
      ))
    );
  }
}

/** Linears whose corrected curvature the edits of a recipe go by. */
function correctedByEdits({ edits }: Recipe): readonly LinearId[] {
  return [...new Set(edits.flatMap(correctedLinears))];
}

/** The source of the factors' text: with another one their sums cannot be added to. */
function textOf(recipe: Recipe): string | undefined {
  return isTextRecipe(recipe) ? textSourceOf(recipe) : undefined;
}

/** Where no texts of a person's own can be had. */
const noTexts: TextLoader = (sha256) => Promise.reject(missingText(sha256));
