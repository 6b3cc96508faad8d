import { FileError } from "./file-error";

export type HubCode =
  | "bad-name"
  | "not-found"
  | "gated"
  | "busy"
  | "server"
  | "network"
  | "html"
  | "not-json"
  | "changed"
  | "corrupt";

/** A download that failed for good: what could be tried again has been. */
export class HubError extends FileError<HubCode> {}

const BY_HAND =
  "Or download config.json and model.safetensors by hand and drop them on the page: they stay in this browser.";

/** The error for a refusing answer of the server, or undefined if asking again may help. */
export function refusal(response: Response, what: string): HubError | undefined {
  const { status } = response;
  const host = new URL(response.url).host;
  // The hub says more in headers, where the browser lets them be seen.
  const code = response.headers.get("X-Error-Code");
  if (status === 403 || code === "GatedRepo") {
    return new HubError(
      "gated",
      `${host} does not give out ${what} without signing in (${String(status)}): its owner asks for an agreement.`,
      `Choose another model. ${BY_HAND}`,
    );
  }
  if (status === 401) {
    return new HubError(
      "gated",
      `${host} does not give out ${what} (401): the model is private, needs an agreement, or there is none of this name.`,
      `Check the name owner/model. ${BY_HAND}`,
    );
  }
  if (status === 404 || status === 410) {
    return new HubError(
      "not-found",
      `${host} has no ${what} (${code ?? String(status)}).`,
      "Check the model's name and revision; the model must hold config.json and .safetensors weights.",
    );
  }
  if (status === 429 || status === 408 || status >= 500) return undefined;
  return new HubError(
    "server",
    `${host} answered ${String(status)} ${response.statusText} for ${what}.`,
    "Try again later, or drop the files on the page.",
  );
}

/** The error once all attempts have failed. */
export function exhausted(
  what: string,
  attempts: number,
  status: number | undefined,
  cause: unknown,
): HubError {
  if (status === 429) {
    return new HubError(
      "busy",
      `The server asks for a pause before it sends more of ${what} (429).`,
      "Wait some minutes and try again; what has been stored is kept.",
      { cause },
    );
  }
  if (status !== undefined) {
    return new HubError(
      "server",
      `The server failed to send ${what} (${String(status)}) in ${String(attempts)} attempts.`,
      "Try again later, or drop the files on the page.",
      { cause },
    );
  }
  return new HubError(
    "network",
    `The connection broke off while loading ${what}, ${String(attempts)} times in a row.`,
    "Check the network; a company network or an extension may block the host. Then try again.",
    { cause },
  );
}
