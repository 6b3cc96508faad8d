import { sha256 } from "../files/sha256";
import type { Store } from "../files/store";
import { isTextRecipe, type Recipe } from "../recipe/schema";
import type { ScanRow } from "./api";
import { stableJson } from "./key";
import { isRecord, withoutNull } from "./stored-results";
import { WritePace, type Rest } from "./write-pace";

type Metrics = ScanRow["metrics"];

/** What a file holds. */
interface Kept {
  readonly unedited: Metrics;
  readonly rows: readonly ScanRow[];
}

function isKept(json: unknown): json is Kept {
  return isRecord(json) && Array.isArray(json.rows) && isRecord(json.unedited);
}

/** Raised when the same edit of the same recipe would now give other numbers. */
const REVISION = 1;

const rest: Rest = { least: 500, timesWrite: 20 };

/** Key of what searches found: whatever the numbers depend on, but for the edits and the linears with factors. */
export function searchKey(recipe: Recipe, backend: string): string {
  const { linears: _, ...factors } = recipe.factors;
  const { model, data, evaluation } = recipe;
  const kind = isTextRecipe(recipe) ? "text" : "images";
  const subject = stableJson([REVISION, kind, backend, model, data, factors, evaluation]);
  return `search-${sha256(new TextEncoder().encode(subject))}`;
}

/**
 * Rows of a recipe's searches, kept in the store as they come. The metrics of the unedited model are kept with them:
 * another model of the same name has others, and then the rows are dropped.
 */
export class SearchedRows {
  readonly #store: Store;
  readonly #key: string;
  readonly #rows = new Map<string, ScanRow>();
  #unedited: Metrics | undefined;
  #dirty = false;
  readonly #pace = new WritePace(rest);

  private constructor(store: Store, key: string) {
    this.#store = store;
    this.#key = key;
  }

  /** What is kept under the key; nothing, if what is there cannot be read. */
  static async open(store: Store, key: string): Promise<SearchedRows> {
    const rows = new SearchedRows(store, key);
    const blob = await store.get(key);
    if (blob) rows.#read(await blob.text());
    return rows;
  }

  get rows(): readonly ScanRow[] {
    return [...this.#rows.values()];
  }

  get(edit: ScanRow["edit"]): ScanRow | undefined {
    return this.#rows.get(stableJson(edit));
  }

  /** Drops rows that were found with a model whose unedited metrics were others; tells whether any were. */
  belongTo(unedited: Metrics): boolean {
    const same = this.#unedited === undefined || stableJson(this.#unedited) === stableJson(unedited);
    if (!same) this.#rows.clear();
    this.#unedited = unedited;
    return same;
  }

  /** Adds a row, and writes all if the last write is long enough ago. */
  async add(row: ScanRow): Promise<void> {
    this.#rows.set(stableJson(row.edit), row);
    this.#dirty = true;
    if (this.#pace.isDue) await this.flush();
  }

  /** Writes what has not been written yet. */
  async flush(): Promise<void> {
    if (!this.#dirty) return;
    const began = performance.now();
    // Not with sorted keys: a page compares edits by their text.
    const bytes = new TextEncoder().encode(JSON.stringify({ unedited: this.#unedited, rows: this.rows }));
    await this.#store.put(this.#key, (write) => write(bytes));
    this.#dirty = false;
    this.#pace.wrote(began);
  }

  /** Drops all rows, in the store too. */
  async forget(): Promise<void> {
    this.#rows.clear();
    this.#dirty = false;
    await this.#store.remove(this.#key);
  }

  #read(content: string): void {
    try {
      const json: unknown = JSON.parse(content);
      if (!isKept(json)) return;
      this.#unedited = withoutNull(json.unedited);
      for (const row of json.rows)
        if (isRecord(row) && isRecord(row.edit) && isRecord(row.metrics))
          this.#rows.set(stableJson(row.edit), { ...row, metrics: withoutNull(row.metrics) });
    } catch (error) {
      // Damaged content is as good as none: it is written anew.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
}
