import { readFile, writeFile } from "node:fs/promises";
import {
  imageControlsPlace,
  imageControlsTable,
  textControlsPlace,
  textControlsTable,
} from "../../book/readme-controls";
import { decayPlace, decayTable } from "../../book/readme-decay";
import { bookPlace, readmeTable, withTable, type TablePlace } from "../../book/readme-table";
import { LabError } from "../../engine/failure";
import { readDecaySeries } from "./decay-target";
import { readBook } from "./targets";

/** Every table that the README has from stored results; one whose results are not stored is left out. */
export async function readmeTables(
  results: string,
): Promise<readonly { readonly place: TablePlace; readonly table: string }[]> {
  const runs = await readBook(results);
  const series = await readDecaySeries(results);
  const all: readonly (readonly [TablePlace, string | undefined])[] = [
    [bookPlace, readmeTable(runs)],
    [imageControlsPlace, imageControlsTable(runs)],
    [textControlsPlace, textControlsTable(runs)],
    [decayPlace, series && decayTable(series)],
  ];
  return all.flatMap(([place, table]) => (table === undefined ? [] : [{ place, table }]));
}

/** Puts the tables into the README. */
export async function writeTables(results: string, readme: string): Promise<void> {
  let text = await readFile(readme, "utf8");
  for (const { place, table } of await readmeTables(results)) {
    const next = withTable(text, table, place);
    if (next === undefined)
      throw new LabError(
        `${readme} has no place for a table.`,
        `Add the lines ${place.begins} and ${place.ends}.`,
      );
    text = next;
  }
  await writeFile(readme, text);
}
