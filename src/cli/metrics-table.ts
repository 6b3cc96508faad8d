import type { EditResult, ScanRow } from "../engine/api";
import type { Recipe } from "../recipe/schema";
import { isTextRecipe } from "../recipe/schema";
import type { ClassificationMetrics, TextMetrics } from "../stages/evaluation/types";
import type { EditSpec } from "../stages/edit/types";
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
  return named(edit) + values.map(cell).join("");
}

/** The edit's name, as wide as the first column or on a line of its own. */
function named(edit: EditSpec): string {
  const name = editName(edit);
  return name.length < nameWidth ? name.padEnd(nameWidth) : `${name}\n${"".padEnd(nameWidth)}`;
}

const wide = (text: string): string => text.padStart(22);
const narrow = (text: string): string => text.padStart(12);

const parts = [
  ["targeted", "targeted"],
  ["untargeted", "held out"],
  ["otherGenres", "other genres"],
] as const;

function targetedCells(metrics: ScanRow["metrics"]): readonly string[] | undefined {
  if ("ndcg" in metrics) {
    const { targeted } = metrics;
    return (
      targeted &&
      parts.map(([key]) => {
        const { passages, strict, levenshtein } = targeted[key];
        return passages === 0 ? "–" : `${number(levenshtein, 3)} (${share(strict)}, ${passages})`;
      })
    );
  }
  const { targeted } = metrics;
  return (
    targeted &&
    [targeted.targeted, targeted.untargeted].map(({ images, memorized, groundTruth }) =>
      images === 0 ? "–" : `${share(memorized)} → ${share(groundTruth)} (${images})`,
    )
  );
}

/** Memorized samples of an edit's forget set apart from the others (paper, Table 1); nothing if no edit has one. */
export function targetedTable(results: readonly EditResult[]): string {
  const rows = results.flatMap(({ edit, metrics }) => {
    const cells = targetedCells(metrics);
    return cells ? [named(edit) + cells.map(wide).join("")] : [];
  });
  if (rows.length === 0) return "";
  const isText = results.some(({ modality }) => modality === "text");
  const what = isText ? "Lev. (strict %, passages)" : "memorized → ground truth % (images)";
  const heads = parts.slice(0, isText ? 3 : 2).map(([, head]) => wide(head));
  return [what.padEnd(nameWidth) + heads.join(""), ...rows].join("\n");
}

/** What each edit took: seconds of its own and shared ones, and samples that had to be known as memorized or not. */
export function costTable(results: readonly EditResult[]): string {
  const rows = results.flatMap(({ edit, cost }) => {
    if (!cost) return [];
    const { seconds, sharedSeconds, forget, retain } = cost;
    const cells = [number(seconds, 2), number(sharedSeconds, 2), String(forget), String(retain)];
    return [named(edit) + cells.map(narrow).join("")];
  });
  const heads = ["seconds", "+ shared", "memorized", "others"].map(narrow).join("");
  return rows.length === 0 ? "" : ["cost (labelled samples)".padEnd(nameWidth) + heads, ...rows].join("\n");
}
