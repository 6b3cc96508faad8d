import { proxy, wrap, type Remote } from "comlink";
import type {
  BackendChoice,
  Engine,
  EngineEvent,
  Failure,
  GenerationEvent,
  Opening,
  Progress,
  RunHandle,
  ScanEvent,
  SourceEvent,
  TrainingEvent,
  SearchEvent,
} from "./api";
import { decodeDecaySeries, type DecaySeries } from "./decay-series";
import { decodeStoredResults, type StoredResults } from "./stored-results";
import type { Answer, WorkerApi } from "./worker-api";

/** The page's end of the engine: starts the worker when first needed, and again after it died. */

/** The only error the client rejects with; its message is for a person to read. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

interface Connection {
  /** The worker, once it knows the files that were dropped before. */
  readonly remote: Promise<Remote<WorkerApi>>;
  /** Rejects when the worker dies: pending Comlink calls would otherwise hang. */
  readonly died: Promise<never>;
}

/** On module level: a proxy that is garbage collected leaves its calls hanging. */
let connection: Connection | undefined;
let lastRunId = 0;
/** Where to compute, also after a worker died. */
let choice: BackendChoice | undefined;
/** Dropped files by the hash of their weights: a new worker is given them again. */
const adopted = new Map<string, readonly File[]>();
/** Own texts by their hash, likewise: a browser without storage of its own has them nowhere else. */
const adoptedTexts = new Map<string, File>();

/** How long a run may take to stop before the page goes on without it. */
const graceMilliseconds = 150;

function failure(message: string, remedy: string, cancelled = false): Failure {
  return { stage: undefined, message, remedy, cancelled };
}

function connect(): Connection {
  if (connection !== undefined) return connection;
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "engine" });
  const died = new Promise<never>((_, reject) => {
    const end = (message: string): void => {
      connection = undefined;
      worker.terminate();
      reject(new EngineError(failure(message, "Run again: the engine is started anew.")));
    };
    worker.addEventListener("error", (event) => {
      // It is told as a failure, so the browser need not report it as well.
      event.preventDefault();
      // A worker that cannot be loaded tells no message.
      const reason = event.message ? event.message.replace(/^Uncaught (\w*Error: )?/, "") : "";
      end(reason ? `The engine stopped: ${reason}.` : "The engine could not be loaded.");
    });
    worker.addEventListener("messageerror", () => {
      end("The engine sent a message that could not be read.");
    });
  });
  // Every call races against it; without a call its rejection has no other listener.
  died.catch(() => undefined);
  const remote = wrap<WorkerApi>(worker);
  const informed = Promise.all([
    remote.choose(choice),
    ...[...adopted.values()].map((files) =>
      remote.adopt(
        files,
        ++lastRunId,
        proxy(() => undefined),
      ),
    ),
    ...[...adoptedTexts.values()].map((file) => remote.keepText(file)),
  ]);
  connection = { remote: Promise.race([informed, died]).then(() => remote), died };
  connection.remote.catch(() => undefined);
  return connection;
}

async function call<T>(method: (remote: Remote<WorkerApi>) => Promise<Answer<T>>): Promise<T> {
  const { remote, died } = connect();
  const answer = await Promise.race([method(await remote), died]);
  if (answer.ok) return answer.value;
  throw new EngineError(answer.failure);
}

/** A call that can be watched and stopped. */
async function opened<T>(
  { signal, onProgress }: Opening = {},
  method: (
    remote: Remote<WorkerApi>,
    runId: number,
    listen: (progress: Progress) => void,
  ) => Promise<Answer<T>>,
): Promise<T> {
  if (signal?.aborted === true) throw stopped("Stopped.");
  const runId = ++lastRunId;
  const stop = (): void => {
    connection?.remote.then((remote) => remote.cancel(runId)).catch(() => undefined);
  };
  const listen = proxy((progress: Progress) => {
    if (signal?.aborted !== true) onProgress?.(progress);
  });
  const answered = call((remote) => method(remote, runId, listen));
  signal?.addEventListener("abort", stop);
  try {
    return await answered;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

function stopped(message: string): EngineError {
  return new EngineError(failure(message, "Run again to go on.", true));
}

/** Runs of one kind follow one another; of those waiting only the last is started. */
class Lane {
  /** Resolves when the run under way has really ended. */
  #last: Promise<unknown> = Promise.resolve();
  #dropWaiting: (() => void) | undefined;

  start<E extends { readonly kind: string }>(
    begin: (remote: Remote<WorkerApi>, runId: number, onEvent: (event: E) => void) => Promise<void>,
    onEvent: (event: E) => void,
    failureOf: (event: E) => Failure | undefined,
  ): RunHandle {
    const runId = ++lastRunId;
    const before = this.#last;
    let state: "waiting" | "begun" | "over" = "waiting";
    let giveUp: (error: EngineError) => void = () => undefined;
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = (error): void => {
        state = "over";
        reject(error);
      };
    });
    this.#dropWaiting?.();
    const drop = (): void => {
      giveUp(stopped("Stopped before it began."));
    };
    this.#dropWaiting = drop;
    const work = async (): Promise<void> => {
      await before;
      if (state === "over") return;
      state = "begun";
      if (this.#dropWaiting === drop) this.#dropWaiting = undefined;
      const { remote, died } = connect();
      let failed: Failure | undefined;
      const listen = proxy((event: E) => {
        failed ??= failureOf(event);
        if (state !== "over") onEvent(event);
      });
      await Promise.race([begin(await remote, runId, listen), died]);
      if (failed !== undefined) throw new EngineError(failed);
    };
    const worked = work();
    this.#last = worked.catch(() => undefined);
    const finished = Promise.race([worked, givenUp]).finally(() => {
      state = "over";
    });
    const cancel = (): void => {
      if (state === "waiting") drop();
      if (state !== "begun" || connection === undefined) return;
      connection.remote.then((remote) => remote.cancel(runId)).catch(() => undefined);
      // One step of the work may be long on a slow device; the next run still waits for its end.
      setTimeout(() => giveUp(stopped("Stopped.")), graceMilliseconds);
    };
    return { finished, cancel };
  }
}

const runs = new Lane();
const scans = new Lane();
const searches = new Lane();
const generations = new Lane();
const comparisons = new Lane();
const trainings = new Lane();

export const engine: Engine = {
  choose: (backend) => {
    choice = backend;
  },
  probe: () => call((remote) => remote.probe()),
  run: (recipe, onEvent) =>
    runs.start<EngineEvent>(
      (remote, runId, listen) => remote.run(recipe, runId, listen),
      onEvent,
      (event) => (event.kind === "failed" ? event.failure : undefined),
    ),
  scan: (recipe, spec, onEvent) =>
    scans.start<ScanEvent>(
      (remote, runId, listen) => remote.scan(recipe, spec, runId, listen),
      onEvent,
      (event) => (event.kind === "failed" ? event.failure : undefined),
    ),
  search: (recipe, edits, onEvent) =>
    searches.start<SearchEvent>(
      (remote, runId, listen) => remote.search(recipe, edits, runId, listen),
      onEvent,
      (event) => (event.kind === "failed" ? event.failure : undefined),
    ),
  searchedRows: (recipe) => call((remote) => remote.searchedRows(recipe)),
  forgetSearched: (recipe) => call((remote) => remote.forgetSearched(recipe)),
  generate: (recipe, request, onEvent) =>
    generations.start<GenerationEvent>(
      (remote, runId, listen) => remote.generate(recipe, request, runId, listen),
      onEvent,
      (event) => (event.kind === "failed" ? event.failure : undefined),
    ),
  compareSources: (recipe, spec, onEvent) =>
    comparisons.start<SourceEvent>(
      (remote, runId, listen) => remote.compareSources(recipe, spec, runId, listen),
      onEvent,
      (event) => (event.kind === "failed" ? event.failure : undefined),
    ),
  adoptText: async (recipe, file, opening) => {
    const answered = await opened(opening, (remote, runId, listen) =>
      remote.adoptText(recipe, file, runId, listen),
    );
    adoptedTexts.set(answered.text.sha256, file);
    return answered;
  },
  ownText: (recipe, sha256) => call((remote) => remote.ownText(recipe, sha256)),
  tokenLosses: (recipe, request) => call((remote) => remote.tokenLosses(recipe, request)),
  images: (recipe, indices, size) => call((remote) => remote.images(recipe, indices, size)),
  adopt: async (files, opening) => {
    const model = await opened(opening, (remote, runId, listen) => remote.adopt(files, runId, listen));
    adopted.set(model.sha256, files);
    return model;
  },
  inspect: (model, opening) =>
    opened(opening, (remote, runId, listen) => remote.inspect(model, runId, listen)),
  exportModel: (recipe, edit) => call((remote) => remote.exportModel(recipe, edit)),
  train: (request, onEvent) =>
    trainings.start<TrainingEvent>(
      (remote, runId, listen) => remote.train(request, runId, listen),
      onEvent,
      (event) => (event.kind === "failed" ? event.failure : undefined),
    ),
  masks: () => call((remote) => remote.masks()),
  forgetMasks: () => call((remote) => remote.forgetMasks()),
  trainings: () => call((remote) => remote.trainings()),
  measureTraining: (settings) => call((remote) => remote.measureTraining(settings)),
  keepTrained: () => call((remote) => remote.keepTrained()),
  removeTrained: (id) => call((remote) => remote.removeTrained(id)),
  trainedFolder: (id) => call((remote) => remote.trainedFolder(id)),
};

/** A run that was stored with the page; without an engine. Undefined if none was. */
export async function fetchStoredResults(path: string): Promise<StoredResults | undefined> {
  const text = await fetchedText(path);
  return text === undefined ? undefined : decodeStoredResults(text);
}

async function fetchedText(path: string): Promise<string | undefined> {
  const response = await fetch(path);
  // Some servers answer with the page itself where there is no file.
  const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
  if (response.status === 404 || (response.ok && isPage)) return undefined;
  if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${response.statusText}`);
  return response.text();
}

/** The series of weight decays that is stored with the page; undefined if none is. */
export async function fetchDecaySeries(path: string): Promise<DecaySeries | undefined> {
  const text = await fetchedText(path);
  return text === undefined ? undefined : decodeDecaySeries(text);
}

/** What went wrong, whatever was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EngineError) return error.failure;
  return failure(error instanceof Error ? error.message : String(error), "Reload the page and try again.");
}

export type { ScanRow } from "./api";
export type { DecayRun, DecaySeries } from "./decay-series";
export type { StoredResults } from "./stored-results";
