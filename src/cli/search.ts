import type { ScanRow } from "../engine/api";
import { LabError } from "../engine/failure";
import type { Pipeline } from "../engine/pipeline";
import { search } from "../engine/search";
import { SearchedRows } from "../engine/searched-rows";
import { openStore } from "../files/store";
import { number } from "../recipe/check";
import {
  countSearchEdits,
  layerSetKinds,
  mostSearchEdits,
  searchEdits,
  usualSearch,
  type LayerSetKind,
  type SearchSpec,
} from "../recipe/search";
import { ranked, usualFloor, type Ranked } from "../recipe/search-ranking";
import { isTextRecipe, type Recipe } from "../recipe/schema";
import type { Linear, LinearRole } from "../stages/model/types";
import { editName } from "./edit-name";

/** Options of a search on the command line. */
export interface SearchOptions {
  /** `prefixes,ends,subsets:2`. */
  readonly search: string;
  readonly roles: string | undefined;
  readonly energies: string | undefined;
  readonly keeps: string | undefined;
  readonly floor: string | undefined;
}

export const searchHelp = `  --search SETS      evaluates sets of layers cut together, and ranks them; SETS: one or more of
                     prefixes (0; 0, 1; …), ends (first and last), subsets:N (all of up to N layers)
  --roles ROLES      matrices of each layer (default: fc2, or gate,up,down)
  --energies LIST    energies of K-FAC pairs (default: ${usualSearch(false).energies.join()}; of texts ${usualSearch(true).energies.join()})
  --keeps LIST       kept shares of the singular values (default: ${usualSearch(false).keeps.join()}; of texts ${usualSearch(true).keeps.join()})
  --floor SHARE      least ability ranked first: validation accuracy, nDCG@10 (default: that of the
                     unedited model, 0.9)`;

const listed = (text: string): string[] => text.split(",").map((part) => part.trim());

function shares(name: string, text: string): number[] {
  return text === "" ? [] : listed(text).map((part) => share(name, part));
}

function share(name: string, text: string): number {
  const faults: { path: string; message: string }[] = [];
  const value = text === "" ? undefined : number(0, 1)(Number(text), name, faults);
  if (value !== undefined) return value;
  throw new LabError(`--${name}: ${text} is no share.`, "Give numbers from 0 to 1, divided by commas.");
}

/** What the options ask for. */
export function searchSpecOf(options: SearchOptions, recipe: Recipe): SearchSpec {
  let largest = 2;
  const sets = listed(options.search).map((text): LayerSetKind => {
    const [name = "", size] = text.split(":");
    const kind = layerSetKinds.find((one) => one === name);
    if (size !== undefined) largest = Number(size);
    const counts = kind === "subsets" ? Number.isInteger(largest) && largest >= 1 : size === undefined;
    if (kind === undefined || !counts)
      throw new LabError(`--search: ${text} is no set of layers.`, "Give prefixes, ends or subsets:2.");
    return kind;
  });
  const usual = usualSearch(isTextRecipe(recipe));
  const { roles, energies, keeps } = options;
  return {
    roles: roles === undefined ? usual.roles : (listed(roles) as LinearRole[]),
    sets,
    largest,
    energies: energies === undefined ? usual.energies : shares("energies", energies),
    keeps: keeps === undefined ? usual.keeps : shares("keeps", keeps),
  };
}

/** Runs a search and prints its ranked table; the recipe has run. */
export async function runSearch(
  pipeline: Pipeline,
  recipe: Recipe,
  linears: readonly Linear[],
  options: SearchOptions,
  log: (line: string) => void,
): Promise<readonly Ranked<ScanRow>[]> {
  const spec = searchSpecOf(options, recipe);
  const count = countSearchEdits(spec, linears);
  if (count === 0 || count > mostSearchEdits)
    throw new LabError(
      `--search: these are ${count} edits.`,
      `Choose between 1 and ${mostSearchEdits}: other sets, roles (${roleNames(linears)}) or strengths.`,
    );
  log(
    `\n${count} edits${isTextRecipe(recipe) ? "; texts are not generated, distances are not measured" : ""}`,
  );
  const rows: ScanRow[] = [];
  const began = performance.now();
  await search(
    pipeline,
    recipe,
    searchEdits(spec, linears),
    await SearchedRows.open(await openStore(), "search"),
    {
      signal: new AbortController().signal,
      turn: (work) => work(),
      emit: (event) => {
        if (event.kind === "rows") rows.push(...event.rows);
      },
    },
  );
  const seconds = (performance.now() - began) / 1000;
  const floor =
    options.floor === undefined ? usualFloor(pipeline.unedited(recipe)) : share("floor", options.floor);
  const order = ranked(rows, floor);
  log(`${seconds.toFixed(1)} s, ${(rows.length / seconds).toFixed(2)} edits per s\n`);
  log(tableOf(order, floor, isTextRecipe(recipe)));
  return order;
}

function roleNames(linears: readonly Linear[]): string {
  return [...new Set(linears.map(({ role }) => role))].join(", ");
}

function tableOf(order: readonly Ranked<ScanRow>[], floor: number, isText: boolean): string {
  const [memory, ability] = isText ? ["strict", "nDCG"] : ["mem.", "valid."];
  const show = (value: number): string => (isText ? value.toFixed(3) : (100 * value).toFixed(1)).padStart(8);
  const floorText = isText ? floor.toFixed(3) : `${(100 * floor).toFixed(1)} %`;
  const head = `${"rank".padStart(5)}${memory.padStart(8)}${ability.padStart(8)}  edit; * nothing beats it in both`;
  const lines = order.map(
    ({ row, rank, memory: left, ability: kept, onFront }) =>
      `${String(rank ?? "–").padStart(5)}${(100 * left).toFixed(1).padStart(8)}${show(kept)}${onFront ? " *" : "  "}${editName(row.edit)}`,
  );
  const below = order.findIndex(({ rank }) => rank === undefined);
  if (below >= 0) lines.splice(below, 0, `      ability below ${floorText}:`);
  return [head, ...lines].join("\n");
}
