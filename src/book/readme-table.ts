import { paperCards } from "./cards";
import type { Card } from "./card";
import { valueText } from "./format";
import { markdownTable } from "./markdown-table";
import { runSpecs } from "./run-specs";
import type { BookRun } from "./run";
import { verdictOf } from "./verdict";

/** The lines between which the README has a table; `npm run reproduce -- --write` puts it there. */
export interface TablePlace {
  readonly begins: string;
  readonly ends: string;
}

export const bookPlace: TablePlace = placeOf("The book", "End of the book");

export function placeOf(title: string, end: string): TablePlace {
  return {
    begins: `<!-- ${title}: written by \`npm run reproduce -- --write\` -->`,
    ends: `<!-- ${end} -->`,
  };
}

/** The paper's figures and tables as a Markdown table, laid out as Prettier does. */
export function readmeTable(runs: ReadonlyMap<string, BookRun>): string {
  const rows = paperCards.map((card) => rowOf(card, runs));
  const head = ["", "model", "the paper", "here", "verdict", "preset"];
  return markdownTable(head, rows);
}

/** The text with the table between its two lines; undefined if it lacks them. */
export function withTable(
  text: string,
  table: string,
  { begins, ends }: TablePlace = bookPlace,
): string | undefined {
  const [begin, end] = [text.indexOf(begins), text.indexOf(ends)];
  if (begin < 0 || end < begin) return undefined;
  return `${text.slice(0, begin + begins.length)}\n\n${table}\n\n${text.slice(end)}`;
}

/** The table that a text has between its two lines, with nothing around it. */
export function tableIn(text: string, { begins, ends }: TablePlace = bookPlace): string {
  const [begin, end] = [text.indexOf(begins), text.indexOf(ends)];
  return begin < 0 || end < begin ? "" : text.slice(begin + begins.length, end).trim();
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
