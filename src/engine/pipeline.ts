import type { Recipe, StageName, TextRecipe } from "../recipe/schema";
import type { SourceId } from "../recipe/text-source";
import type { Backend } from "../runtime/backend";
import { applyEdit } from "../stages/edit/apply";
import type { Subnet } from "../stages/edit/balanced-subnet";
import { correctedLinears } from "../stages/edit/ranked";
import type { EditSpec } from "../stages/edit/types";
import type { DeviceTensor } from "../runtime/device-tensor";
import type { LinearId, LoadedModel } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { linearSpectra } from "../stages/spectrum/decompose";
import type { Spectrum } from "../stages/spectrum/types";
import { float32, type FloatTensor } from "../tensor/host-tensor";
import type { EditResult, EngineEvent } from "./api";
import { analyseBands, type GroupBands } from "./bands";
import { editCost } from "./edit-cost";
import { failureOf, LabError } from "./failure";
import { artifactKey, stableJson } from "./key";
import { noOwnTexts, type TextLoader } from "./own-texts";
import { RecipeFactors, type HeldFactors } from "./recipe-factors";
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
  readonly #bands = new Slot<GroupBands>();
  readonly #edits = new Slot<Map<string, EditResult>>();
  readonly #factors: RecipeFactors;
  readonly #subnets: Subnets;
  readonly #loadText: TextLoader;

  constructor(backend: Backend, load: ModelLoader, loadText = noOwnTexts, subnets = new Subnets(backend)) {
    this.backend = backend;
    this.#load = load;
    this.#loadText = loadText;
    this.#factors = new RecipeFactors(backend);
    this.#subnets = subnets;
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
        await this.#evaluateEdits(recipe, study, recipe.edits, undefined, signal, emit);
      }

      const held = this.#factors.holds(recipe, subject);
      await inStage("factors", held, (c) => this.#factors.collect(recipe, subject, study, c));
      const tellFactors = (): void => {
        const samples = this.#factors.samples(recipe);
        emit({ kind: "factors", samples, factors: this.#factors.summaries(recipe) });
      };
      tellFactors();
      const { linears } = recipe.factors;
      const decomposed = [...new Set([...linears, ...recipe.edits.flatMap(splitLinears)])];
      await inStage("spectrum", this.#factors.decomposed(recipe, decomposed), (c) =>
        this.#factors.decompose(recipe, study.tapped, decomposed, c),
      );
      const wanted = correctedByEdits(recipe);
      if (!this.#factors.corrected(recipe, wanted))
        await inStage("factors", false, (c) => this.#factors.correct(recipe, subject, study, wanted, c));
      const spectrum = this.#factors.spectrum(recipe, linears);
      const bases = this.#factors.spectrum(recipe, decomposed);
      tellFactors();
      emit({ kind: "spectrum", spectra: linearSpectra(spectrum) });
      if (until === "spectrum") return;
      const results = await this.#results(recipe);
      const inEditStage = (edits: readonly EditSpec[]): Promise<void> =>
        inStage(
          "edit",
          edits.every((edit) => results.has(stableJson(edit))),
          () => this.#evaluateEdits(recipe, study, edits, bases, signal, emit),
        );
      const learned = recipe.edits.filter(isLearned);
      await inEditStage(recipe.edits.filter((edit) => !isLearned(edit)));
      const responded = this.#bands.get(this.#bandsKey(recipe)) !== undefined;
      const bands = await inStage("spectrum", responded, (c) =>
        this.#respond(recipe, evaluation, spectrum, c),
      );
      emit({ kind: "bands", ...bands });
      // Masks are learned last, as they take longest.
      if (learned.length > 0) await inEditStage(learned);
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
    this.#factors.keepBeside(recipe, sources);
  }

  /** Factors and spectra that `run` has made for a recipe, and the device memory that they take. */
  factorsOf(recipe: Recipe): HeldFactors {
    return this.#factors.held(recipe);
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
    await this.#factors.release();
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
    const without = this.#factors.spectrum(recipe, []);
    if (edit.method === "none") return { spectrum: without, subnet: undefined };
    if (edit.method === "balanced-subnet") {
      const subnet = this.#subnets.get(this.#subnetsKey(recipe), edit);
      return subnet && { spectrum: without, subnet };
    }
    const { linears } = edit;
    const held =
      this.#factors.holds(recipe, subject) &&
      this.#factors.decomposed(recipe, linears) &&
      this.#factors.corrected(recipe, correctedLinears(edit));
    return held ? { spectrum: this.#factors.spectrum(recipe, linears), subnet: undefined } : undefined;
  }

  #ready(recipe: Recipe, edit: EditSpec): Ready {
    const ready = this.#find(recipe, edit);
    if (ready) return ready;
    throw new LabError("This edit has not been computed yet.", "Let the run finish first.");
  }

  #modelKey(recipe: Recipe): string {
    return artifactKey("model", recipe.model);
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
      await this.#factors.release();
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

  /** Results of the edits so far under this key: they do not depend on the linears collected. */
  async #results(recipe: Recipe): Promise<Map<string, EditResult>> {
    const { linears: _, ...factors } = recipe.factors;
    const key = artifactKey("edit", factors, this.#evaluationKey(recipe));
    return this.#edits.get(key) ?? (await this.#edits.put(key, new Map()));
  }

  /** Evaluates these edits of the recipe; without a spectrum, only what needs none. */
  async #evaluateEdits(
    recipe: Recipe,
    study: Study,
    edits: readonly EditSpec[],
    spectrum: Spectrum | undefined,
    signal: AbortSignal,
    emit: Emit,
  ): Promise<void> {
    const evaluation = this.#evaluation.get(this.#evaluationKey(recipe));
    if (!evaluation) throw new Error("pipeline: evaluation has not been prepared");
    const results = await this.#results(recipe);
    for (const [position, edit] of recipe.edits.entries()) {
      if (!edits.includes(edit)) continue;
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
    const source = { key: this.#subnetsKey(recipe), study };
    return this.#subnets.learn(source, edit, context, (training, from) => {
      emit({ kind: "subnet", position, edit, training, ...(from > 0 && { from }) });
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
    const cost = editCost(edit, (performance.now() - began) / 1000, this.#factors.seconds(recipe), subnet);
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
  ): Promise<GroupBands> {
    const key = this.#bandsKey(recipe);
    const known = this.#bands.get(key);
    if (known) return known;
    const averaged = this.#factors.samples(recipe);
    const computed = await analyseBands(this.backend, bands, averaged, spectrum, recipe.spectrum, context);
    return this.#bands.put(key, computed);
  }
}

function isLearned({ method }: EditSpec): boolean {
  return method === "balanced-subnet";
}

/** Linears whose weights an edit by singular values takes apart; they need no factors. */
function splitLinears(edit: EditSpec): readonly LinearId[] {
  return edit.method === "svd" ? edit.linears : [];
}

/** Linears whose corrected curvature the edits of a recipe go by. */
function correctedByEdits({ edits }: Recipe): readonly LinearId[] {
  return [...new Set(edits.flatMap(correctedLinears))];
}
