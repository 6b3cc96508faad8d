import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OwnTexts } from "../engine/own-texts";
import { Pipeline } from "../engine/pipeline";
import { scanEdits, withScanned } from "../engine/scan";
import { encodeStoredResults } from "../engine/stored-results";
import { LabError } from "../engine/failure";
import { openStore } from "../files/store";
import type { EditResult, EngineEvent, ScanRow } from "../engine/api";
import { isTextRecipe, type Recipe } from "../recipe/schema";
import { withSource } from "../recipe/text-source";
import { presets, presetsFor } from "../recipe/presets/presets";
import { validateCatalogue } from "../recipe/catalogue";
import { faultText } from "../recipe/check";
import { validateRecipe, type Validation } from "../recipe/validate";
import { createNodeBackend } from "../runtime/node";
import { costTable, tableHead, tableRow, targetedTable } from "./metrics-table";
import { folderLoader, readBytes, readJson } from "./node-loader";
import { main } from "./main";

const help = `Runs a recipe and prints its metrics.

  npm run experiment -- PRESET|FILE.json [options]

  PRESET             one of: ${presets.map(({ name }) => name).join(", ")}
  --model NAME       the shipped model a preset is for (default: the first)
  --text FILE        factors from this text (UTF-8) in place of the recipe's: of a recipe for own text the one it names
  --models FOLDER    where the models are (default: public/models)
  --threads N        threads of one operator (default 1)
  --scan             also every linear of the recipe's factors alone, K-FAC and SVD
  --store FILE       keep all results in FILE, as the page shows them before its model is loaded
  --json             one JSON object with the metrics on standard output`;

/** A preset for one of the shipped models, or the recipe of a file. */
async function recipeOf(name: string, models: string, model: string | undefined): Promise<Recipe> {
  const preset = presets.find((one) => one.name === name);
  if (preset) {
    const catalogue = valid(validateCatalogue(await readJson(join(models, "index.json"))), "index.json");
    const shipped = catalogue.models.find((one) =>
      model === undefined ? presetsFor(one.recipe).includes(preset) : one.name === model,
    );
    if (!shipped) {
      throw new LabError(
        `${model ?? ""} is no shipped model.`,
        `Models: ${catalogue.models.map((one) => one.name).join(", ")}.`,
      );
    }
    return preset.recipe(shipped.recipe, layersOf(await readJson(join(models, shipped.name, "config.json"))));
  }
  if (!name.endsWith(".json")) {
    throw new LabError(
      `${name} is no preset and no .json file.`,
      `Presets: ${presets.map(({ name }) => name).join(", ")}.`,
    );
  }
  return valid(validateRecipe(await readJson(name)), name);
}

/** The hash of a text file, which the texts then know. */
async function ownTextOf(path: string, texts: OwnTexts): Promise<string> {
  const read = await texts.read(new File([await readBytes(path)], path));
  await texts.keep(read, {});
  return read.sha256;
}

function withOwnText(recipe: Recipe, sha256: string): Recipe {
  if (!isTextRecipe(recipe)) {
    throw new LabError(
      "The recipe is for images.",
      "Leave --text out, or take a recipe for a language model.",
    );
  }
  const wanted = recipe.factors.ownText;
  if (wanted === undefined || wanted === sha256) return withSource(recipe, sha256);
  throw new LabError(
    `The recipe is for an own text of SHA-256 ${wanted}; the file of --text has ${sha256}.`,
    "Give the file that the recipe was made with, or a preset.",
  );
}

function layersOf(config: unknown): number {
  const isObject = typeof config === "object" && config !== null && "num_hidden_layers" in config;
  if (isObject && typeof config.num_hidden_layers === "number") return config.num_hidden_layers;
  throw new LabError("config.json names no num_hidden_layers.", "Use a model of the lab.");
}

function valid<T>(validation: Validation<T>, file: string): T {
  if (validation.ok) return validation.value;
  throw new LabError(`${file} cannot be used.`, validation.faults.map(faultText).join("\n"));
}

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
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [name] = positionals;
  if (values.help || name === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
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
  const { signal } = new AbortController();
  const events: EngineEvent[] = [];
  const results = new Map<number, EditResult>();
  await pipeline.run(recipe, signal, (event) => {
    if (event.kind === "edit") results.set(event.result.position, event.result);
    if (event.kind === "stage-finished")
      log(`${event.stage.padEnd(12)}${(event.milliseconds / 1000).toFixed(1)} s`);
    if (keepsForStore(event)) {
      // Of what is told twice, the last is whole.
      const before = events.findIndex((old) => slotOf(old) === slotOf(event));
      if (before >= 0) events.splice(before, 1);
      events.push(event);
    }
  });
  const ordered = [...results.values()].sort((a, b) => a.position - b.position);
  log(`\n${tableHead(recipe)}`);
  for (const { edit, metrics } of ordered) log(tableRow({ edit, metrics }));
  for (const table of [targetedTable(ordered), costTable(ordered)]) if (table !== "") log(`\n${table}`);

  const scan: ScanRow[] = [];
  if (values.scan) {
    const spec = {
      linears: recipe.factors.linears,
      energies: [0.5, 0.6, 0.7, 0.8, 0.9],
      keeps: [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5],
    };
    const context = { signal, onProgress: (): void => undefined };
    for (const edit of scanEdits(spec)) {
      const { metrics } = await pipeline.evaluate(withScanned(recipe, spec), edit, context);
      scan.push({ edit, metrics });
      log(tableRow({ edit, metrics }));
    }
  }
  if (values.store !== undefined) {
    const computed = {
      date: new Date().toISOString().slice(0, 10),
      device: "onnxruntime-node, CPU, float32",
    };
    await writeFile(values.store, encodeStoredResults({ version: 1, recipe, events, scan, computed }));
    log(`\nwrote ${values.store}`);
  }
  if (values.json) {
    console.log(
      JSON.stringify({
        recipe,
        edits: ordered.map(({ edit, kept, metrics }) => ({ edit, kept, metrics })),
        scan,
      }),
    );
  }
  await pipeline.release();
  return 0;
}

function slotOf(event: EngineEvent): string {
  return event.kind === "edit" ? `edit ${event.result.position}` : event.kind;
}

/** What a stored run keeps: results, the last of each kind; neither progress nor times. */
function keepsForStore(event: EngineEvent): boolean {
  if (event.kind === "edit") return true;
  return ["data", "model", "factors", "spectrum", "bands", "images", "passages"].includes(event.kind);
}

main(experiment);
