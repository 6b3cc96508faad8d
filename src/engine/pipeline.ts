import type { Recipe, StageName } from "../recipe/schema";
import type { Backend } from "../runtime/backend";
import { imageRecords, summarize } from "../stages/data/images";
import type { ImageRecord } from "../stages/data/types";
import { applyEdit } from "../stages/edit/apply";
import type { EditSpec } from "../stages/edit/types";
import { classificationMetrics } from "../stages/evaluation/classification";
import { Classifier } from "../stages/evaluation/classify";
import type { Predictions } from "../stages/evaluation/types";
import type { ImageModel, LoadedModel } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { linearSpectra } from "../stages/spectrum/decompose";
import type { LinearBands, Spectrum } from "../stages/spectrum/types";
import { float32, type FloatTensor } from "../tensor/host-tensor";
import type { EditResult, EngineEvent } from "./api";
import { analyseBands } from "./bands";
import { Curvature } from "./curvature";
import { failureOf, LabError } from "./failure";
import { imageSamples } from "./images";
import { artifactKey, stableJson } from "./key";
import { stageContext } from "./reporter";
import { requireImageModel } from "./modality";
import { Slot } from "./slot";

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

interface Evaluation {
  readonly records: readonly ImageRecord[];
  readonly classifier: Classifier;
  /** Predictions of the unedited model. */
  readonly unedited: Predictions;
}

interface Ready {
  readonly model: ImageModel;
  readonly evaluation: Evaluation;
  readonly spectrum: Spectrum;
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
  readonly #model = new Slot<ImageModel>((model) => {
    model.release();
  });
  readonly #evaluation = new Slot<Evaluation>(({ classifier }) => classifier.release());
  readonly #bands = new Slot<readonly LinearBands[]>();
  readonly #edits = new Slot<Map<string, EditResult>>();
  readonly #curvature: Curvature;

  constructor(backend: Backend, load: ModelLoader) {
    this.backend = backend;
    this.#load = load;
    this.#curvature = new Curvature(backend);
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
      await inStage("data", true, () => {
        emit({ kind: "data", summary: summarize(recipe.data) });
        return Promise.resolve();
      });
      const model = await inStage("model", this.#modelCached(recipe), (c) => this.#loadModel(recipe, c));
      emit({ kind: "model", summary: model.summary });
      const evaluated = this.#evaluation.get(this.#evaluationKey(recipe)) !== undefined;
      const evaluation = await inStage("evaluation", evaluated, (c) =>
        this.#prepareEvaluation(recipe, model, c),
      );
      if (until === "bands") {
        emit({ kind: "images", records: evaluation.records });
        await this.#evaluateEdits(recipe, model, undefined, signal, emit);
      }

      const sourceKey = this.#sourceKey(recipe);
      await inStage("factors", this.#curvature.holds(sourceKey, recipe.factors, recipe.factors.images), (c) =>
        this.#curvature.collect(
          sourceKey,
          model,
          imageSamples(recipe.data),
          recipe.factors,
          recipe.factors.images,
          c,
        ),
      );
      emit({ kind: "factors", images: this.#curvature.samples, factors: this.#curvature.summaries() });
      const spectrum = await inStage("spectrum", this.#curvature.decomposed(recipe.factors.linears), (c) =>
        this.#curvature.decompose(model, recipe.factors.linears, c),
      );
      emit({ kind: "factors", images: this.#curvature.samples, factors: this.#curvature.summaries() });
      emit({ kind: "spectrum", spectra: linearSpectra(spectrum) });
      if (until === "spectrum") return;
      const results = await this.#results(recipe);
      const edited = recipe.edits.every((edit) => results.has(stableJson(edit)));
      await inStage("edit", edited, () => this.#evaluateEdits(recipe, model, spectrum, signal, emit));
      const responded = this.#bands.get(this.#bandsKey(recipe)) !== undefined;
      const bands = await inStage("spectrum", responded, (c) =>
        this.#respond(recipe, model, evaluation, spectrum, c),
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

  /** Evaluates one edit of a recipe that `run` has finished for; used by the scan. */
  async evaluate(recipe: Recipe, edit: EditSpec, context: StageContext): Promise<EditResult> {
    const { model, evaluation, spectrum } = this.#ready(recipe, edit);
    return this.#evaluateEdit(model, spectrum, evaluation, edit, 0, context);
  }

  /** A recipe's edited model: its configuration and all weights by parameter name, read back. */
  async editedModel(recipe: Recipe, edit: EditSpec): Promise<EditedModel> {
    const { model, spectrum } = this.#ready(recipe, edit);
    const edited = await applyEdit(this.backend, model, spectrum, edit);
    try {
      const weights = new Map<string, FloatTensor>();
      for (const [name, original] of model.parameters) {
        const data = await this.backend.download(edited.weights.get(name) ?? original);
        weights.set(name, float32(original.shape, data));
      }
      return { config: model.config, weights };
    } finally {
      edited.release();
    }
  }

  async release(): Promise<void> {
    await this.#evaluation.clear();
    this.#curvature.release();
    await this.#model.clear();
    this.backend.release();
  }

  #find(recipe: Recipe, edit: EditSpec): Ready | undefined {
    const model = this.#model.get(this.#modelKey(recipe));
    const evaluation = this.#evaluation.get(this.#evaluationKey(recipe));
    const linears = edit.method === "none" ? [] : edit.linears;
    const held =
      edit.method === "none" ||
      (this.#curvature.holds(this.#sourceKey(recipe), recipe.factors, recipe.factors.images) &&
        this.#curvature.decomposed(linears));
    return model && evaluation && held
      ? { model, evaluation, spectrum: this.#curvature.spectrum(linears) }
      : undefined;
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
  #sourceKey(recipe: Recipe): string {
    return artifactKey("data", recipe.data, this.#modelKey(recipe));
  }

  #bandsKey(recipe: Recipe): string {
    return artifactKey("bands", recipe.spectrum, this.#evaluationKey(recipe), stableJson(recipe.factors));
  }

  #evaluationKey(recipe: Recipe): string {
    return artifactKey("evaluation", recipe.evaluation, this.#modelKey(recipe), stableJson(recipe.data));
  }

  #modelCached(recipe: Recipe): boolean {
    return this.#model.get(this.#modelKey(recipe)) !== undefined;
  }

  async #loadModel(recipe: Recipe, context: StageContext): Promise<ImageModel> {
    const key = this.#modelKey(recipe);
    const known = this.#model.get(key);
    if (known) return known;
    const model = requireImageModel(await this.#load(recipe, this.backend, context));
    const [, , size] = model.imageShape(1);
    if (size !== 32 || model.summary.classNames.length < recipe.data.classes) {
      model.release();
      throw new LabError(
        `This model takes ${size ?? 0}-pixel images of ${model.summary.classNames.length} classes; the image set has 32-pixel images of ${recipe.data.classes} classes.`,
        "Choose a model trained on the lab's own images.",
      );
    }
    // What was computed with the model before goes first.
    await this.#evaluation.clear();
    this.#curvature.release();
    return this.#model.put(key, model);
  }

  async #prepareEvaluation(recipe: Recipe, model: ImageModel, context: StageContext): Promise<Evaluation> {
    const key = this.#evaluationKey(recipe);
    const known = this.#evaluation.get(key);
    if (known) return known;
    const records = imageRecords(recipe.data, recipe.evaluation);
    const indices = records.map(({ index }) => index);
    const source = imageSamples(recipe.data);
    const classifier = await Classifier.create(this.backend, model, source, indices);
    try {
      const unedited = await classifier.classify(new Map(), context);
      return await this.#evaluation.put(key, { records, classifier, unedited });
    } catch (error) {
      await classifier.release();
      throw error;
    }
  }

  /** Results of the edits so far under this key: they do not depend on the linears collected. */
  async #results(recipe: Recipe): Promise<Map<string, EditResult>> {
    const { linears: _, ...factors } = recipe.factors;
    const key = artifactKey("edit", factors, this.#evaluationKey(recipe));
    return this.#edits.get(key) ?? (await this.#edits.put(key, new Map()));
  }

  /** Without a spectrum, evaluates only what needs none. */
  async #evaluateEdits(
    recipe: Recipe,
    model: ImageModel,
    spectrum: Spectrum | undefined,
    signal: AbortSignal,
    emit: Emit,
  ): Promise<void> {
    const evaluation = this.#evaluation.get(this.#evaluationKey(recipe));
    if (!evaluation) throw new Error("pipeline: evaluation has not been prepared");
    const results = await this.#results(recipe);
    for (const [position, edit] of recipe.edits.entries()) {
      const key = stableJson(edit);
      const known = results.get(key);
      if (!known && !spectrum && edit.method !== "none") continue;
      const context = reporting("edit", signal, emit);
      const bases = spectrum ?? { kfac: new Map(), singular: new Map() };
      const result = known ?? (await this.#evaluateEdit(model, bases, evaluation, edit, position, context));
      results.set(key, result);
      emit({ kind: "edit", result: { ...result, position } });
    }
  }

  async #evaluateEdit(
    model: ImageModel,
    spectrum: Spectrum,
    evaluation: Evaluation,
    edit: EditSpec,
    position: number,
    context: StageContext,
  ): Promise<EditResult> {
    const began = performance.now();
    const edited = await applyEdit(this.backend, model, spectrum, edit);
    try {
      const predictions =
        edit.method === "none"
          ? evaluation.unedited
          : await evaluation.classifier.classify(edited.weights, context);
      return {
        position,
        edit,
        kept: edited.summaries,
        staircases: edited.staircases,
        metrics: classificationMetrics(predictions, evaluation.records),
        predictions,
        milliseconds: performance.now() - began,
      };
    } finally {
      edited.release();
    }
  }

  async #respond(
    recipe: Recipe,
    model: ImageModel,
    evaluation: Evaluation,
    spectrum: Spectrum,
    context: StageContext,
  ): Promise<readonly LinearBands[]> {
    const key = this.#bandsKey(recipe);
    return (
      this.#bands.get(key) ??
      (await this.#bands.put(
        key,
        await analyseBands(
          this.backend,
          { model, spectrum, spec: recipe.spectrum, source: imageSamples(recipe.data) },
          { records: evaluation.records, predicted: evaluation.unedited.labels },
          context,
        ),
      ))
    );
  }
}
