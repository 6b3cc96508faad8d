import type { ScanRow } from "../../engine/api";
import type { EditSpec } from "../../stages/edit/types";
import type { ClassificationMetrics, TextMetrics } from "../../stages/evaluation/types";
import { runSpecs } from "../../book/run-specs";
import type { Lab } from "./lab";
import { same } from "./recipe-slice";
import { withRows, type Origin, type ShownRow } from "./results-slice";
import { sameSubject } from "./search-slice";

/** Numbers of edits as they are shown: computed here, else stored with the page. */

/** What the book's runs have stored of a recipe's model, data, factors and evaluation. */
export interface StoredRows {
  /** Of recipes, scans and searches. */
  readonly edits: readonly ShownRow[];
  /** Of a search over sets of layers. */
  readonly searched: readonly ShownRow[];
  /** Common prompts, and how they go on under each edit. */
  readonly prompts: readonly StoredPrompt[];
}

interface StoredPrompt {
  readonly prompt: string;
  readonly edit: EditSpec;
  /** The likeliest tokens, cut short. */
  readonly text: string;
  readonly origin: StoredOrigin;
}

type StoredOrigin = Extract<Origin, { kind: "stored" }>;

/** Computes anew only for other values than last, so that nothing is drawn anew for the same ones. */
function keepingLast<K extends readonly unknown[], V>(compute: (...of: K) => V): (...of: K) => V {
  let last: { readonly of: K; readonly value: V } | undefined;
  return (...of) => {
    if (last?.of.every((key, at) => key === of[at]) !== true) last = { of, value: compute(...of) };
    return last.value;
  };
}

const storedOf = keepingLast(findStored);

/** The same object for the same runs and recipe. */
export function storedRows({ book, recipe: { recipe } }: Pick<Lab, "book" | "recipe">): StoredRows {
  return storedOf(book.runs, recipe);
}

function findStored(runs: Lab["book"]["runs"], recipe: Lab["recipe"]["recipe"]): StoredRows {
  if (recipe === undefined) return { edits: [], searched: [], prompts: [] };
  const found = runSpecs.flatMap(({ name, search }) => {
    const entry = runs[name];
    if (entry?.kind !== "ready" || !sameSubject(entry.run.recipe, recipe)) return [];
    const { edits, scan, texts, computed } = entry.run;
    const origin: StoredOrigin = { kind: "stored", ...computed };
    const shown = (rows: readonly ScanRow[]): readonly ShownRow[] => rows.map((row) => ({ ...row, origin }));
    const prompts = texts.flatMap(({ kind, prompt, continuations }) =>
      kind !== "prompt"
        ? []
        : edits.map(({ edit }, at) => ({ prompt, edit, text: continuations[at] ?? "", origin })),
    );
    return [{ edits: shown([...edits, ...scan]), searched: search === true ? shown(scan) : [], prompts }];
  });
  return {
    edits: found.flatMap(({ edits }) => edits),
    searched: found.flatMap(({ searched }) => searched),
    prompts: found.flatMap(({ prompts }) => prompts),
  };
}

/** How the prompt that is typed goes on under an edit, as far as that is stored; undefined where tokens are drawn. */
export function storedContinuation(lab: Lab, edit: EditSpec): StoredPrompt | undefined {
  const { prompt, settings } = lab.texts;
  if (!settings.greedy) return undefined;
  return storedRows(lab).prompts.find((one) => one.prompt === prompt && same(one.edit, edit));
}

/**
 * The numbers of the edit at a position of the recipe: of the edit as it stands there, computed here or stored, else
 * those that an older edit left there.
 */
export function rowAt(lab: Lab, position: number | undefined): ShownRow | undefined {
  if (position === undefined) return undefined;
  const edit = lab.recipe.recipe?.edits[position];
  const result = lab.results.edits[position];
  if (edit === undefined || same(result?.edit, edit)) return result;
  return storedRows(lab).edits.find((row) => same(row.edit, edit)) ?? result;
}

export function isRowCurrent(lab: Lab, position: number): boolean {
  const row = rowAt(lab, position);
  return row !== undefined && same(row.edit, lab.recipe.recipe?.edits[position]);
}

/** The numbers of an edit of an image classifier. */
export function imageMetricsAt(lab: Lab, position: number): ClassificationMetrics | undefined {
  const metrics = rowAt(lab, position)?.metrics;
  return metrics !== undefined && "groundTruth" in metrics ? metrics : undefined;
}

/** The numbers of an edit of a language model. */
export function textMetricsAt(lab: Lab, position: number): TextMetrics | undefined {
  const metrics = rowAt(lab, position)?.metrics;
  return metrics !== undefined && "ndcg" in metrics ? metrics : undefined;
}

const foundOver = keepingLast((own: readonly ScanRow[], { searched }: StoredRows) => {
  const here = own.map((row): ShownRow => ({ ...row, origin: { kind: "here" } }));
  return withRows(searched, here);
});

/** What searches have found: here, and stored as long as it has not been evaluated here. */
export function foundRows(lab: Pick<Lab, "book" | "recipe" | "search">): readonly ShownRow[] {
  return foundOver(lab.search.rows, storedRows(lab));
}
