import { controlNames } from "../recipe/control-names";
import type { EditSpec } from "../stages/edit/types";
import { markdownTable, type Align } from "./markdown-table";
import { imageRows, textRows, type ImageRow, type TextRow } from "./pick";
import { placeOf, type TablePlace } from "./readme-table";
import type { BookRun } from "./run";

/** The README's tables of a model's cut by curvature beside controls that keep as many numbers. */

export const imageControlsPlace: TablePlace = placeOf("Controls of the image models", "End of the controls");
export const textControlsPlace: TablePlace = placeOf(
  "Controls of the language model",
  "End of the text controls",
);

/** Image models by their run, in the order of the table. */
const imageRuns = [
  ["controls-plain", "plain"],
  ["controls-staged", "staged"],
] as const;
const textRun = "controls-texts";

/** What an edit keeps; undefined of edits that the tables leave out. */
function kept(edit: EditSpec): string | undefined {
  if (edit.method === "kfac") return "by curvature λμ";
  if (edit.method !== "control") return undefined;
  return controlNames[edit.control];
}

const share = (value: number | undefined): string => fixed(value === undefined ? undefined : 100 * value, 1);
const fixed = (value: number | undefined, digits: number): string => value?.toFixed(digits) ?? "none";
const numbers = (count: number): readonly Align[] => ["left", ...Array<Align>(count).fill("right")];

/** Undefined while one of the models' runs is not stored. */
export function imageControlsTable(runs: ReadonlyMap<string, BookRun>): string | undefined {
  const cells = ({ metrics }: ImageRow): readonly string[] =>
    [metrics.memorized, metrics.groundTruth, metrics.clean, metrics.validation].map(share);
  const rows: (readonly string[])[] = [];
  for (const [name, model] of imageRuns) {
    const run = runs.get(name);
    if (run === undefined) return undefined;
    for (const row of imageRows(run.edits)) {
      const title = kept(row.edit);
      if (title === undefined) continue;
      rows.push([row.edit.method === "kfac" ? `**${model}**, ${title}` : title, ...cells(row)]);
    }
  }
  return markdownTable(
    ["model, what is kept", "memorized", "ground truth", "clean", "validation"],
    rows,
    numbers(4),
  );
}

/** Undefined while the run is not stored. */
export function textControlsTable(runs: ReadonlyMap<string, BookRun>): string | undefined {
  const run = runs.get(textRun);
  const cells = ({ metrics: { planted, quotes, ndcg, perplexity } }: TextRow): readonly string[] => [
    share(planted.strict),
    share(planted.loose),
    fixed(planted.levenshtein, 2),
    share(quotes.strict),
    fixed(ndcg, 3),
    fixed(perplexity, 2),
  ];
  const rows =
    run &&
    textRows(run).flatMap((row) => {
      const title = kept(row.edit);
      return title === undefined ? [] : [[title, ...cells(row)]];
    });
  return (
    rows &&
    markdownTable(
      ["what is kept", "strict", "loose", "Levenshtein", "quotes", "nDCG@10", "perplexity"],
      rows,
      numbers(6),
    )
  );
}
