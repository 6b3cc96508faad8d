import { join } from "node:path";
import { decodeBookRun, encodeBookRun, withDecay, type BookRun } from "../../book/run";
import { decayFile, runSpecs } from "../../book/run-specs";
import { scanEdits } from "../../engine/scan";
import { decodeStoredResults, encodeStoredResults } from "../../engine/stored-results";
import { Sha256 } from "../../files/sha256";
import type { Recipe } from "../../recipe/schema";
import type { EditSpec } from "../../stages/edit/types";
import { shortLinearName } from "../../recipe/linear-name";
import { asBookRun, asStoredResults, numbersOf, type Computed } from "../compute-results";
import { readBytes } from "../node-loader";
import { readCatalogue, recipeOf } from "../preset-recipe";
import { scanStrengths } from "../scan-strengths";
import { presetSearch } from "./preset-search";
import { readStored } from "./read-stored";

/** A stored result and how it is made anew. */
export interface Target {
  /** How it is asked for: the model's name for the page's results, the run's name for the book's. */
  readonly name: string;
  readonly file: string;
  readonly recipe: Recipe;
  readonly scan: readonly EditSpec[];
  readonly texts: boolean;
  /** Undefined where nothing is stored. */
  readonly stored: BookRun | undefined;
  readonly numbers: (computed: Computed) => BookRun;
  readonly encode: (computed: Computed) => string;
}

/** All stored results: the page's, one per shipped model, and the book's; those of one model follow one another. */
export async function allTargets(models: string, results: string): Promise<readonly Target[]> {
  const catalogue = await readCatalogue(models);
  const lab = await Promise.all(
    catalogue.models.flatMap((model) =>
      model.results === "" ? [] : [labTarget(model.name, join(results, `${model.name}.json`), model.recipe)],
    ),
  );
  const book = await Promise.all(
    runSpecs.map(async ({ name, preset, model, scan, texts, search }): Promise<Target> => {
      const file = bookFile(results, name);
      const recipe = await recipeOf(preset, models, model);
      const weights = await weightsOf(models, model);
      return {
        name,
        file,
        recipe,
        scan: search ? presetSearch(preset, recipe) : scan ? downScan(recipe) : [],
        texts,
        stored: await readStored(file, decodeBookRun),
        numbers: asBookRun,
        encode: (computed) => encodeBookRun({ ...asBookRun(computed), weights }),
      };
    }),
  );
  const order = catalogue.models.map(({ name }) => name);
  const place = ({ recipe: { model } }: Target): number =>
    model.kind === "shipped" ? order.indexOf(model.name) : order.length;
  return [...lab, ...book].toSorted((a, b) => place(a) - place(b));
}

/** The stored runs of the book by name. */
export async function readBook(results: string): Promise<ReadonlyMap<string, BookRun>> {
  const runs = await Promise.all(
    runSpecs.map(async ({ name, decay }) => {
      const run = await readStored(bookFile(results, name), decodeBookRun);
      const series = decay ? await readStored(join(results, decayFile), (text) => text) : undefined;
      return [name, run && withDecay(run, series)] as const;
    }),
  );
  return new Map(runs.flatMap(([name, run]) => (run === undefined ? [] : [[name, run] as const])));
}

/** SHA-256 of a shipped model's weights. */
export async function weightsOf(models: string, model: string): Promise<string> {
  return new Sha256().update(await readBytes(join(models, model, "model.safetensors"))).hex();
}

function bookFile(results: string, name: string): string {
  return join(results, "book", `${name}.json`);
}

async function labTarget(name: string, file: string, recipe: Recipe): Promise<Target> {
  const stored = await readStored(file, decodeStoredResults);
  return {
    name,
    file,
    recipe,
    // What was scanned is scanned again.
    scan: stored?.scan.map(({ edit }) => edit) ?? [],
    texts: false,
    stored: stored && numbersOf(stored),
    numbers: (computed) => ({ ...asBookRun(computed), texts: [] }),
    encode: (computed) => encodeStoredResults(asStoredResults(computed)),
  };
}

/** Every down-projection that the recipe has factors of, alone (paper, Figure 4 top). */
function downScan(recipe: Recipe): readonly EditSpec[] {
  const downs = recipe.factors.linears.filter((id) => shortLinearName(id).endsWith(".fc2"));
  return scanEdits({ linears: downs, ...scanStrengths });
}
