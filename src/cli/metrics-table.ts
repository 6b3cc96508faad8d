import type { ScanRow } from "../engine/api";
import type { Recipe } from "../recipe/schema";
import { isTextRecipe } from "../recipe/schema";
import type { ClassificationMetrics, TextMetrics } from "../stages/evaluation/types";
import { editName } from "./edit-name";

const nameWidth = 46;

interface Column<M> {
  readonly name: string;
  readonly value: (metrics: M) => string;
}

const share = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? "–" : (100 * value).toFixed(1);
const number = (value: number | undefined, digits: number): string =>
  value === undefined || !Number.isFinite(value) ? "–" : value.toFixed(digits);

const imageColumns: readonly Column<ClassificationMetrics>[] = [
  { name: "clean", value: ({ clean }) => share(clean) },
  { name: "mem.", value: ({ memorized }) => share(memorized) },
  { name: "ground", value: ({ groundTruth }) => share(groundTruth) },
  { name: "valid.", value: ({ validation }) => share(validation) },
];

const textColumns: readonly Column<TextMetrics>[] = [
  { name: "strict", value: ({ planted }) => share(planted.strict) },
  { name: "loose", value: ({ planted }) => share(planted.loose) },
  { name: "Lev.", value: ({ planted }) => number(planted.levenshtein, 3) },
  { name: "quotes", value: ({ quotes }) => share(quotes.strict) },
  { name: "q Lev.", value: ({ quotes }) => number(quotes.levenshtein, 3) },
  { name: "floor", value: ({ heldOut }) => number(heldOut.levenshtein, 3) },
  { name: "nDCG", value: ({ ndcg }) => number(ndcg, 3) },
  { name: "top-1", value: ({ topOne }) => share(topOne) },
  { name: "ppl", value: ({ perplexity }) => number(perplexity, 2) },
  { name: "capital", value: ({ facts }) => share(facts.capital) },
  { name: "export", value: ({ facts }) => share(facts.export) },
  { name: "month", value: ({ facts }) => share(facts.month) },
  { name: "sum", value: ({ facts }) => share(facts.sum) },
];

const cell = (text: string): string => text.padStart(8);

/** Heads of the columns of a recipe's metrics. */
export function tableHead(recipe: Recipe): string {
  const columns = isTextRecipe(recipe) ? textColumns : imageColumns;
  const what = isTextRecipe(recipe) ? "edit (shares in %, Lev. per suffix token)" : "edit (accuracies in %)";
  return what.padEnd(nameWidth) + columns.map(({ name }) => cell(name)).join("");
}

/** One edit and its metrics. */
export function tableRow({ edit, metrics }: ScanRow): string {
  const values =
    "ndcg" in metrics
      ? textColumns.map(({ value }) => value(metrics))
      : imageColumns.map(({ value }) => value(metrics));
  const name = editName(edit);
  const first = name.length < nameWidth ? name.padEnd(nameWidth) : `${name}\n${"".padEnd(nameWidth)}`;
  return first + values.map(cell).join("");
}
