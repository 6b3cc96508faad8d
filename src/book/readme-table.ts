import { paperCards } from "./cards";
import type { Card } from "./card";
import { valueText } from "./format";
import { runSpecs } from "./run-specs";
import type { BookRun } from "./run";
import { verdictOf } from "./verdict";

/** The lines between which the README has the table; `npm run reproduce -- --write` puts it there. */
export const tableBegins = "<!-- The book: written by `npm run reproduce -- --write` -->";
export const tableEnds = "<!-- End of the book -->";

/** The paper's figures and tables as a Markdown table, laid out as Prettier does. */
export function readmeTable(runs: ReadonlyMap<string, BookRun>): string {
  const rows = paperCards.map((card) => rowOf(card, runs));
  const head = ["", "model", "the paper", "here", "verdict", "preset"];
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** The text with the table between its two lines; undefined if it lacks them. */
export function withTable(text: string, table: string): string | undefined {
  const [begin, end] = [text.indexOf(tableBegins), text.indexOf(tableEnds)];
  if (begin < 0 || end < begin) return undefined;
  return `${text.slice(0, begin + tableBegins.length)}\n\n${table}\n\n${text.slice(end)}`;
}

/** The table that a text has between its two lines, with nothing around it. */
export function tableIn(text: string): string {
  const [begin, end] = [text.indexOf(tableBegins), text.indexOf(tableEnds)];
  return begin < 0 || end < begin ? "" : text.slice(begin + tableBegins.length, end).trim();
}

function rowOf(card: Card, runs: ReadonlyMap<string, BookRun>): readonly string[] {
  const name = card.runs[0]?.run ?? "";
  const run = runs.get(name);
  const spec = runSpecs.find((one) => one.name === name);
  const ours = card.quantities.flatMap(({ short, unit, ours }) => {
    const value = run && ours(run);
    return short === undefined || value === undefined ? [] : [`${short} ${valueText(value, unit)}`];
  });
  const papers = card.quantities.flatMap(({ short, paper }) =>
    short === undefined || paper === undefined ? [] : [`${short} ${paper}`],
  );
  return [
    card.title,
    spec?.model ?? "",
    papers.length === 0 ? "texts or bars, no numbers" : papers.join("; "),
    ours.length === 0 ? "not computed" : ours.join("; "),
    verdictOf(card, run).text,
    `\`${card.name}\``,
  ];
}
