import type { BackendChoice } from "../../engine/api";

/** Where to compute, as `?backend=` before the recipe in the page's address: it stays through reloads and in links. */

/** What the part of an address after `?` says: a choice, nothing, or a word that is none. */
export function addressedBackend(search: string): {
  readonly choice: BackendChoice | undefined;
  readonly unknown?: string;
} {
  const word = new URLSearchParams(search).get("backend");
  if (word === null) return { choice: undefined };
  return word === "webgpu" || word === "cpu" ? { choice: word } : { choice: undefined, unknown: word };
}

/** Opens the page anew: the engine keeps its backend as long as it lives. */
export function reopenWith(backend: BackendChoice): void {
  const url = new URL(location.href);
  url.searchParams.set("backend", backend);
  location.assign(url);
}
