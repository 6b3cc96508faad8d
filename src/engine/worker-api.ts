import type { Recipe, TextRecipe } from "../recipe/schema";
import type { EditSpec } from "../stages/edit/types";
import type { ModelSummary } from "../stages/model/types";
import type { TrainingSettings } from "../recipe/training-settings";
import type { TrainingPace } from "../training/vit-pace";
import type {
  AdoptedModel,
  AdoptedText,
  BackendChoice,
  DeviceReport,
  EngineEvent,
  Failure,
  GenerationEvent,
  GenerationRequest,
  HubModel,
  KeptMasks,
  KeptModel,
  LossRequest,
  OwnText,
  NamedBytes,
  Progress,
  ScanEvent,
  ScanRow,
  ScanSpec,
  SourceEvent,
  SourcesSpec,
  SearchEvent,
  TokenLosses,
  TrainingEvent,
  TrainingRequest,
  Trainings,
} from "./api";

/** What a call that can fail gives back: errors cross the worker boundary as data, since Comlink strips their class. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** A callback of the page; in the worker it resolves when the page has heard the event. */
export type Listener<E> = (event: E) => void | Promise<void>;

/**
 * What the worker exposes to the page through Comlink. Only data crosses; callbacks are proxied.
 *
 * `run`, `scan`, `search`, `compareSources`, `generate` and `train` never reject: a failure is one `failed` event, after
 * which the promise resolves; so is a cancellation, with `cancelled: true`. They resolve after the page has heard all
 * events: an answer could overtake them. A run tells everything its recipe asks for, also what was cached: a page that
 * starts with nothing can draw all from the events. At most one run, one scan and one search are under way; a run goes
 * first, the others go on between their own rows.
 *
 * Order of a run's events, each stage between `stage-started` and `stage-finished` with `progress` and `notice` within:
 * stage data with `data`; stage model, `model`; stage evaluation, `images`, `edit` of what needs no factors or is
 * known; stage factors, `factors`; stage spectrum; stage factors once more if an edit goes by corrected curvature;
 * `factors` with traces, `spectrum`; stage edit with `edit` of every edit; stage spectrum again, `bands`; `memory`.
 */
export interface WorkerApi {
  /** Where to compute; heeded if it comes before what needs a backend. */
  choose(backend: BackendChoice | undefined): void;
  probe(): Promise<Answer<DeviceReport>>;
  run(recipe: Recipe, runId: number, onEvent: Listener<EngineEvent>): Promise<void>;
  scan(recipe: Recipe, spec: ScanSpec, runId: number, onEvent: Listener<ScanEvent>): Promise<void>;
  /** As a scan, but what it has evaluated is kept in the browser's storage, and told at once the next time. */
  search(
    recipe: Recipe,
    edits: readonly EditSpec[],
    runId: number,
    onEvent: Listener<SearchEvent>,
  ): Promise<void>;
  searchedRows(recipe: Recipe): Promise<Answer<readonly ScanRow[]>>;
  forgetSearched(recipe: Recipe): Promise<Answer<undefined>>;
  /** Needs a run that has finished; between its tokens and the rows of a scan either may go first. */
  generate(
    recipe: Recipe,
    request: GenerationRequest,
    runId: number,
    onEvent: Listener<GenerationEvent>,
  ): Promise<void>;
  tokenLosses(recipe: Recipe, request: LossRequest): Promise<Answer<TokenLosses>>;
  /** Stops the run, scan, search or generation of this number; unknown and finished numbers are ignored. */
  cancel(runId: number): void;
  compareSources(
    recipe: TextRecipe,
    spec: SourcesSpec,
    runId: number,
    onEvent: Listener<SourceEvent>,
  ): Promise<void>;
  adoptText(
    recipe: TextRecipe,
    file: File,
    runId: number,
    onProgress: Listener<Progress>,
  ): Promise<Answer<AdoptedText>>;
  /** Gives a new worker a text that an older one was given. */
  keepText(file: File): Promise<Answer<void>>;
  ownText(recipe: TextRecipe, sha256: string): Promise<Answer<OwnText>>;
  /** Needs data only: answers while a run is under way and before any model is loaded. */
  images(recipe: Recipe, indices: readonly number[], size: number): Promise<Answer<Uint8ClampedArray>>;
  adopt(files: readonly File[], runId: number, onProgress: Listener<Progress>): Promise<Answer<AdoptedModel>>;
  inspect(model: HubModel, runId: number, onProgress: Listener<Progress>): Promise<Answer<ModelSummary>>;
  exportModel(recipe: Recipe, edit: EditSpec): Promise<Answer<readonly NamedBytes[]>>;
  masks(): Promise<Answer<KeptMasks>>;
  forgetMasks(): Promise<Answer<void>>;
  /** Steps wait while a run is under way. One training at a time, also over several pages. */
  train(request: TrainingRequest, runId: number, onEvent: Listener<TrainingEvent>): Promise<void>;
  trainings(): Promise<Answer<Trainings>>;
  measureTraining(settings: TrainingSettings): Promise<Answer<TrainingPace>>;
  keepTrained(): Promise<Answer<KeptModel>>;
  removeTrained(id: string): Promise<Answer<void>>;
  trainedFolder(id: string): Promise<Answer<readonly NamedBytes[]>>;
}
