import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { ScanSpec } from "../engine/api";
import { LabError } from "../engine/failure";
import { OwnTexts } from "../engine/own-texts";
import { Pipeline } from "../engine/pipeline";
import { scanEdits } from "../engine/scan";
import { encodeStoredResults } from "../engine/stored-results";
import { openStore } from "../files/store";
import { createNodeBackend } from "../runtime/node";
import { asStoredResults, computeResults } from "./compute-results";
import { heldOutHelp, heldOutName, runHeldOut } from "./held-out";
import { untilInterrupted } from "./interrupt";
import { main } from "./main";
import { costTable, tableHead, tableRow, targetedTable } from "./metrics-table";
import { folderLoader } from "./node-loader";
import { ownTextOf, withOwnText } from "./own-text";
import { presetNames, recipeOf } from "./preset-recipe";
import { scanStrengths } from "./scan-strengths";
import { runSearch, searchHelp } from "./search";

const help = `Runs a recipe and prints its metrics.

  npm run experiment -- PRESET|FILE.json [options]

  PRESET             one of: ${presetNames.join(", ")}
${heldOutHelp}
  --model NAME       the shipped model a preset is for (default: the first)
  --text FILE        factors from this text (UTF-8) in place of the recipe's: of a recipe for own text the one it names
  --models FOLDER    where the models are (default: public/models)
  --threads N        threads of one operator (default 1)
  --scan             also every linear of the recipe's factors alone, K-FAC and SVD
${searchHelp}
  --store FILE       keep all results in FILE, as the page shows them before its model is loaded
  --json             one JSON object with the metrics on standard output`;

async function experiment(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      models: { type: "string", default: "public/models" },
      model: { type: "string" },
      text: { type: "string" },
      threads: { type: "string", default: "1" },
      store: { type: "string" },
      scan: { type: "boolean", default: false },
      search: { type: "string" },
      roles: { type: "string" },
      energies: { type: "string" },
      keeps: { type: "string" },
      floor: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [name] = positionals;
  if (values.help || name === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  if (name === heldOutName) return heldOut(values);
  const texts = new OwnTexts(openStore);
  const text = values.text === undefined ? undefined : await ownTextOf(values.text, texts);
  const named = await recipeOf(name, values.models, values.model);
  const recipe = text === undefined ? named : withOwnText(named, text);
  const log = (line: string): void => {
    if (!values.json) console.log(line);
  };
  const pipeline = new Pipeline(
    createNodeBackend({ threads: Number(values.threads) }),
    folderLoader(values.models),
    async (sha256) => {
      if (sha256 === text) return texts.load(sha256);
      throw new LabError(
        `The factors are to come from an own text of SHA-256 ${sha256}.`,
        "Give its file with --text.",
      );
    },
  );
  const spec: ScanSpec = { linears: recipe.factors.linears, ...scanStrengths };
  const computed = await computeResults(pipeline, recipe, {
    scan: values.scan ? scanEdits(spec) : [],
    texts: false,
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.kind === "stage-finished")
        log(`${event.stage.padEnd(12)}${(event.milliseconds / 1000).toFixed(1)} s`);
    },
    onResults: (results) => {
      log(`\n${tableHead(recipe)}`);
      for (const row of results) log(tableRow(row));
      for (const table of [targetedTable(results), costTable(results)]) if (table !== "") log(`\n${table}`);
    },
    onScanned: (row) => {
      log(tableRow(row));
    },
  });
  const { search: sets, roles, energies, keeps, floor } = values;
  const options = { search: sets ?? "", roles, energies, keeps, floor };
  const linears = computed.events.flatMap((event) => (event.kind === "model" ? event.summary.linears : []));
  const searched = sets === undefined ? [] : await runSearch(pipeline, recipe, linears, options, log);
  if (values.store !== undefined) {
    await writeFile(values.store, encodeStoredResults(asStoredResults(computed)));
    log(`\nwrote ${values.store}`);
  }
  if (values.json) {
    console.log(
      JSON.stringify({
        recipe,
        edits: computed.results.map(({ edit, kept, metrics }) => ({ edit, kept, metrics })),
        scan: computed.scan,
        ...(sets !== undefined && { search: searched }),
      }),
    );
  }
  await pipeline.release();
  return 0;
}

/** The check of figure 3, of a language model of the folder. */
async function heldOut(options: {
  readonly models: string;
  readonly model?: string | undefined;
  readonly threads: string;
  readonly json: boolean;
}): Promise<number> {
  // Of a preset for text, so that no image model is meant; its edits are the model's own and BalancedSubnet.
  const recipe = await recipeOf("table-2", options.models, options.model);
  const backend = createNodeBackend({ threads: Number(options.threads) });
  const pipeline = new Pipeline(backend, folderLoader(options.models));
  const signal = untilInterrupted("Stopped.");
  const report = await runHeldOut(pipeline, recipe, signal, (line) => {
    if (!options.json) console.log(line);
  });
  if (options.json) console.log(JSON.stringify(report));
  await pipeline.release();
  return 0;
}

main(experiment);
