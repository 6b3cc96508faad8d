import { exhausted, HubError, refusal } from "./hub-error";

/** How patiently to load. */
export interface TransferSettings {
  readonly fetch: typeof fetch;
  /** Attempts in a row that bring no byte before giving up. */
  readonly attempts: number;
  /** Pause before the second attempt; it doubles with every further one. */
  readonly pauseMilliseconds: number;
  /** A connection that sends nothing for so long counts as cut. */
  readonly stallMilliseconds: number;
}

export interface Transfer {
  readonly url: string;
  /** Name for messages. */
  readonly what: string;
  /** First byte wanted. */
  readonly start: number;
  /** First byte not wanted; the end of the file if undefined. */
  readonly end: number | undefined;
  /** Size of the whole file, where it is known beforehand. */
  readonly size: number | undefined;
  /** Takes the bytes in order; loading waits for it. */
  readonly write: (chunk: Uint8Array<ArrayBuffer>) => void | Promise<void>;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((bytes: number, total: number | undefined) => void) | undefined;
}

/** What has been learned while loading; it survives a cut connection. */
interface Position {
  at: number;
  end: number | undefined;
  size: number | undefined;
  etag: string | undefined;
}

/** A failure that another attempt may cure. */
class Interruption extends Error {
  readonly status: number | undefined;
  readonly pauseMilliseconds: number;

  constructor(message: string, status?: number, pauseMilliseconds = 0, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.pauseMilliseconds = pauseMilliseconds;
  }
}

function changed(what: string, how: string): HubError {
  return new HubError(
    "changed",
    `${what} is another file than announced: ${how}.`,
    "Load the model anew; if that fails, a proxy between you and the server sends something else.",
  );
}

/** First byte and size of the whole file by `Content-Range`, undefined where the browser may not see it. */
function contentRange(response: Response): { start: number | undefined; size: number } | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "");
  if (match === null) return undefined;
  return { start: match[1] === undefined ? undefined : Number(match[1]), size: Number(match[2]) };
}

interface Entrance {
  /** Bytes at the start of the body that are not wanted. */
  readonly skip: number;
  /** The server ignored the range and sends the whole file. */
  readonly isComplete: boolean;
}

/** Checks that the answer is the file begun with, and takes its size. */
function enter(response: Response, position: Position, what: string): Entrance {
  if (/^text\/html\b/i.test(response.headers.get("Content-Type") ?? "")) {
    throw new HubError(
      "html",
      `The server sent a web page instead of ${what}.`,
      "A sign-in page of the network or a wrong address answers: open huggingface.co in a tab, then try again.",
    );
  }
  const range = contentRange(response);
  // A complete answer tells no size to rely on: browsers hide whether its Content-Length counts compressed bytes.
  const size = response.status === 206 ? range?.size : undefined;
  if (size !== undefined && position.size !== undefined && size !== position.size) {
    throw changed(what, `${String(size)} bytes instead of ${String(position.size)}`);
  }
  const etag = response.headers.get("ETag")?.replace(/^W\//, "");
  if (etag !== undefined && position.etag !== undefined && etag !== position.etag) {
    throw changed(what, "it was replaced while loading");
  }
  position.etag ??= etag;
  position.size ??= size;
  position.end ??= position.size;
  if (response.status !== 206) return { skip: position.at, isComplete: true };
  if (range?.start !== undefined && range.start !== position.at) {
    throw changed(what, `bytes from ${String(range.start)} on, asked for ${String(position.at)}`);
  }
  return { skip: 0, isComplete: false };
}

/** A step of the connection: its failure is an interruption, unless the person stopped it. */
async function overNetwork<T>(step: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await step;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new Interruption("the connection broke off", undefined, 0, { cause });
  }
}

async function drain(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { skip, isComplete }: Entrance,
  position: Position,
  transfer: Transfer,
  alive: () => void,
): Promise<void> {
  const reader = body.getReader();
  // A complete answer must end where the file ends; more bytes mean another file.
  const exactEnd = isComplete && position.end === position.size ? position.end : undefined;
  let unwanted = skip;
  try {
    while (position.end === undefined || position.at < position.end || exactEnd !== undefined) {
      const { done, value } = await overNetwork(reader.read(), transfer.signal);
      if (done) return;
      alive();
      if (exactEnd !== undefined && position.at + value.byteLength - unwanted > exactEnd) {
        throw changed(transfer.what, `more than ${String(exactEnd)} bytes`);
      }
      const limit = position.end === undefined ? Infinity : unwanted + position.end - position.at;
      const chunk = value.subarray(unwanted, Math.min(value.byteLength, limit));
      unwanted = Math.max(0, unwanted - value.byteLength);
      if (chunk.byteLength === 0) continue;
      await transfer.write(chunk);
      position.at += chunk.byteLength;
      const total = position.end === undefined ? undefined : position.end - transfer.start;
      transfer.onProgress?.(position.at - transfer.start, total);
    }
  } finally {
    // Closes the connection if bytes are left; after the end it does nothing.
    reader.cancel().catch(() => undefined);
  }
}

function rangeHeader({ at, end }: Position): string {
  return `bytes=${String(at)}-${end === undefined ? "" : String(end - 1)}`;
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) ? Math.min(seconds, 60) * 1000 : 0;
}

/** Takes an answer; throws `Interruption` when another request should go on from the new position. */
async function receive(
  response: Response,
  transfer: Transfer,
  position: Position,
  alive: () => void,
): Promise<void> {
  const { status, body } = response;
  // An open range behind the last byte: the file ends exactly here.
  if (status === 416 && position.end === undefined && contentRange(response)?.size === position.at) return;
  if (!response.ok) {
    body?.cancel().catch(() => undefined);
    throw (
      refusal(response, transfer.what) ?? new Interruption("refused for now", status, retryAfter(response))
    );
  }
  const entrance = enter(response, position, transfer.what);
  if (body !== null) await drain(body, entrance, position, transfer, alive);
  if (position.end !== undefined && position.at < position.end) {
    throw new Interruption(`the server closed at byte ${String(position.at)} of ${String(position.end)}`);
  }
}

async function attempt(transfer: Transfer, position: Position, settings: TransferSettings): Promise<void> {
  const { signal } = transfer;
  const connection = new AbortController();
  const cut = (): void => {
    connection.abort();
  };
  signal?.addEventListener("abort", cut);
  let watch: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(watch);
    watch = setTimeout(cut, settings.stallMilliseconds);
  };
  try {
    alive();
    const request = settings.fetch(transfer.url, {
      headers: { Range: rangeHeader(position) },
      signal: connection.signal,
      // What is loaded is checked and kept by `store.ts`; a second copy would only fill the disk.
      cache: "no-store",
    });
    await receive(await overNetwork(request, signal), transfer, position, alive);
  } finally {
    clearTimeout(watch);
    signal?.removeEventListener("abort", cut);
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Loads the bytes start..end-1 of a file, going on where a connection was cut. Returns how many bytes were written:
 * all of them, or it throws.
 */
export async function runTransfer(transfer: Transfer, settings: TransferSettings): Promise<number> {
  const { start, end, size, signal, what } = transfer;
  const position: Position = { at: start, end: end ?? size, size, etag: undefined };
  let fruitless = 0;
  while (position.end === undefined || position.at < position.end) {
    signal?.throwIfAborted();
    const before = position.at;
    try {
      await attempt(transfer, position, settings);
      break;
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      fruitless = position.at > before ? 1 : fruitless + 1;
      if (fruitless >= settings.attempts)
        throw exhausted(what, fruitless, error.status, error.cause ?? error);
      await pause(
        Math.max(error.pauseMilliseconds, settings.pauseMilliseconds * 2 ** (fruitless - 1)),
        signal,
      );
    }
  }
  return position.at - start;
}
