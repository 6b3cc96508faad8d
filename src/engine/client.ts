import { proxy, wrap, type Remote } from "comlink";
import type { Engine, EngineEvent, Failure, RunHandle, ScanEvent } from "./api";
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
  readonly remote: Remote<WorkerApi>;
  /** Rejects when the worker dies: pending Comlink calls would otherwise hang. */
  readonly died: Promise<never>;
}

/** On module level: a proxy that is garbage collected leaves its calls hanging. */
let connection: Connection | undefined;
let lastRunId = 0;

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
      reject(new EngineError(failure(message, "Reload the page, or run again: the engine is started anew.")));
    };
    worker.addEventListener("error", (event) => {
      end(event.message ? `The engine stopped: ${event.message}` : "The engine could not be loaded.");
    });
    worker.addEventListener("messageerror", () => {
      end("The engine sent a message that could not be read.");
    });
  });
  // Every call races against it; without a call its rejection has no other listener.
  died.catch(() => undefined);
  connection = { remote: wrap<WorkerApi>(worker), died };
  return connection;
}

async function call<T>(method: (remote: Remote<WorkerApi>) => Promise<Answer<T>>): Promise<T> {
  const { remote, died } = connect();
  const answer = await Promise.race([method(remote), died]);
  if (answer.ok) return answer.value;
  throw new EngineError(answer.failure);
}

/** Runs of one kind follow one another; of those waiting only the last is started. */
class Lane {
  #current: Promise<unknown> = Promise.resolve();
  #latest = 0;

  start<E extends { readonly kind: string }>(
    begin: (remote: Remote<WorkerApi>, runId: number, onEvent: (event: E) => void) => Promise<void>,
    onEvent: (event: E) => void,
    failureOf: (event: E) => Failure | undefined,
  ): RunHandle {
    const runId = ++lastRunId;
    this.#latest = runId;
    const before = this.#current;
    let begun = false;
    let cancelled = false;
    const run = async (): Promise<void> => {
      await before.catch(() => undefined);
      if (cancelled || this.#latest !== runId)
        throw new EngineError(failure("Stopped before it began.", "Run again.", true));
      begun = true;
      const { remote, died } = connect();
      let failed: Failure | undefined;
      const listen = proxy((event: E) => {
        failed ??= failureOf(event);
        onEvent(event);
      });
      await Promise.race([begin(remote, runId, listen), died]);
      if (failed !== undefined) throw new EngineError(failed);
    };
    const finished = run();
    this.#current = finished;
    return {
      finished,
      cancel: () => {
        cancelled = true;
        if (begun && connection !== undefined) void connection.remote.cancel(runId);
      },
    };
  }
}

const runs = new Lane();
const scans = new Lane();

export const engine: Engine = {
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
  images: (recipe, indices, size) => call((remote) => remote.images(recipe, indices, size)),
  adopt: (files) => call((remote) => remote.adopt(files)),
  exportModel: (recipe, edit) => call((remote) => remote.exportModel(recipe, edit)),
};

/** A run that was stored with the page; without an engine. */
export async function fetchStoredResults(path: string): Promise<StoredResults> {
  const response = await fetch(path);
  if (!response.ok)
    throw new Error(`fetchStoredResults: ${path}: ${String(response.status)} ${response.statusText}`);
  return decodeStoredResults(await response.text());
}

/** What went wrong, whatever was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EngineError) return error.failure;
  return failure(error instanceof Error ? error.message : String(error), "Reload the page and try again.");
}

export type { ScanRow, StoredResults } from "./stored-results";
