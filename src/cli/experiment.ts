import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { ScanSpec } from "../engine/api";
import { Pipeline } from "../engine/pipeline";
import { scanEdits } from "../engine/scan";
import { encodeStoredResults } from "../engine/stored-results";
import { createNodeBackend } from "../runtime/node";
import { asStoredResults, computeResults } from "./compute-results";
import { main } from "./main";
import { tableHead, tableRow } from "./metrics-table";
import { folderLoader } from "./node-loader";
import { presetNames, recipeOf } from "./preset-recipe";
import { scanStrengths } from "./scan-strengths";

const help = `Runs a recipe and prints its metrics.

  npm run experiment -- PRESET|FILE.json [options]

  PRESET             one of: ${presetNames.join(", ")}
  --model NAME       the shipped model a preset is for (default: the first)
  --models FOLDER    where the models are (default: public/models)
  --threads N        threads of one operator (default 1)
  --scan             also every linear of the recipe's factors alone, K-FAC and SVD
  --store FILE       keep all results in FILE, as the page shows them before its model is loaded
  --json             one JSON object with the metrics on standard output`;

async function experiment(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      models: { type: "string", default: "public/models" },
      model: { type: "string" },
      threads: { type: "string", default: "1" },
      store: { type: "string" },
      scan: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [name] = positionals;
  if (values.help || name === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const recipe = await recipeOf(name, values.models, values.model);
  const log = (line: string): void => {
    if (!values.json) console.log(line);
  };
  const pipeline = new Pipeline(
    createNodeBackend({ threads: Number(values.threads) }),
    folderLoader(values.models),
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
    },
    onScanned: (row) => {
      log(tableRow(row));
    },
  });
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
      }),
    );
  }
  await pipeline.release();
  return 0;
}

main(experiment);
