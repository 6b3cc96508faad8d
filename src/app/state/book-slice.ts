import type { BookRun } from "../../book/run";

/** A run of the book, as far as it has been fetched. */
export type BookEntry =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly run: BookRun }
  /** Not stored with the page. */
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly message: string };

export interface BookState {
  /** By name; a run that nobody has looked at yet is not there. */
  readonly runs: Readonly<Record<string, BookEntry>>;
  /** Transformer layers by model name: recipes of figures are made for a number of layers. */
  readonly layers: Readonly<Record<string, number>>;
}

export const initialBook: BookState = { runs: {}, layers: {} };

export function runNamed(book: BookState, name: string): BookRun | undefined {
  const entry = book.runs[name];
  return entry?.kind === "ready" ? entry.run : undefined;
}
