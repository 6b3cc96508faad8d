import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { compareRuns, type Comparison } from "../book/compare";
import { LabError } from "../engine/failure";
import { Pipeline } from "../engine/pipeline";
import { createNodeBackend } from "../runtime/node";
import { computeResults, type Computed } from "./compute-results";
import { untilInterrupted } from "./interrupt";
import { main } from "./main";
import { folderLoader } from "./node-loader";
import { decayName, decayPath, reproduceDecay } from "./reproduce/decay-target";
import { Progress, type Done } from "./reproduce/progress";
import { writeTables } from "./reproduce/readme";
import { differenceTable, toleranceTable } from "./reproduce/report";
import { allTargets, type Target } from "./reproduce/targets";

const help = `Computes the stored results anew and fails if a shipped figure is no longer what the code gives.

  npm run reproduce -- [options]

  --only NAMES       some results, separated by commas (--list names them)
  --list             names the stored results and computes nothing
  --table            writes the README's tables from what is stored and computes nothing
  --write            stores what was computed
  --json             one JSON object on standard output
  --models FOLDER    where the models are (default: public/models)
  --results FOLDER   where the results are (default: public/results)
  --readme FILE      where --write puts the tables (default: README.md)
  --threads N        threads of one operator (default 1)

${decayName} is computed only if --only names it: no model of it is shipped, so its five networks are trained first,
which takes minutes, or are those that \`npm run train -- vit decay-series\` left in runs/. On another kind of processor
a training goes another way, and its figures are others.

Exit status: 0 if every figure is within its tolerance, 1 if one is not or is missing.`;

interface Reproduced {
  readonly target: Pick<Target, "name" | "file">;
  readonly seconds: number;
  /** Undefined where nothing was stored. */
  readonly comparison: Comparison | undefined;
}

async function reproduce(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      list: { type: "boolean", default: false },
      table: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      models: { type: "string", default: "public/models" },
      results: { type: "string", default: "public/results" },
      readme: { type: "string", default: "README.md" },
      threads: { type: "string", default: "1" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const known = await allTargets(values.models, values.results);
  if (values.list) {
    for (const { name, file, stored } of known)
      console.log(`${name.padEnd(16)}${file}${stored === undefined ? "  (missing)" : ""}`);
    console.log(`${decayName.padEnd(16)}${decayPath(values.results)}  (only if named)`);
    return 0;
  }
  const names = namesOf(values.only, [...known.map(({ name }) => name), decayName]);
  const targets = known.filter(({ name }) => names === undefined || names.includes(name));
  if (values.table) {
    await writeTables(values.results, values.readme);
    return 0;
  }
  const log = (line: string): void => {
    if (!values.json) console.log(line);
  };
  const told = (
    target: Reproduced["target"],
    seconds: number,
    comparison: Comparison | undefined,
  ): Reproduced => {
    const wrote = values.write ? `; wrote ${target.file}` : "";
    log(`${target.name}: ${verdict(comparison)}, ${seconds.toFixed(0)} s${wrote}`);
    return { target, seconds, comparison };
  };
  const signal = untilInterrupted("Stopped; what was stored before stays.");
  const progress = new Progress(targets);
  const all: Reproduced[] = [];
  let pipeline: Pipeline | undefined;
  for (const [place, target] of targets.entries()) {
    // A model that stays keeps its factors, and its edits are not evaluated twice.
    pipeline ??= new Pipeline(
      createNodeBackend({ threads: Number(values.threads) }),
      folderLoader(values.models),
    );
    const began = performance.now();
    const computed = await compute(pipeline, target, signal, (done, what) => {
      log(`  ${target.name}: ${what}; ${progress.line(target, done)}`);
    });
    progress.finished(target);
    const comparison = target.stored && compareRuns(target.stored, target.numbers(computed));
    if (values.write) {
      await mkdir(dirname(target.file), { recursive: true });
      await writeFile(target.file, target.encode(computed));
    }
    all.push(told(target, (performance.now() - began) / 1000, comparison));
    const next = targets[place + 1];
    if (JSON.stringify(next?.recipe.model) !== JSON.stringify(target.recipe.model)) {
      await pipeline.release();
      pipeline = undefined;
    }
  }
  if (names?.includes(decayName) === true) {
    const began = performance.now();
    const { comparison, text } = await reproduceDecay(values.results, {
      threads: Number(values.threads),
      silent: values.json,
    });
    const target = { name: decayName, file: decayPath(values.results) };
    if (values.write) await writeFile(target.file, text);
    all.push(told(target, (performance.now() - began) / 1000, comparison));
  }
  if (values.write) await writeTables(values.results, values.readme);
  return report(all, values.json, values.write);
}

/** The results asked for; undefined for all but the series of weight decays. */
function namesOf(only: string | undefined, known: readonly string[]): readonly string[] | undefined {
  const names = only?.split(",").map((name) => name.trim());
  const unknown = names?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new LabError(`${unknown.join(", ")}: no such result.`, `Results: ${known.join(", ")}.`);
  return names;
}

async function compute(
  pipeline: Pipeline,
  { recipe, scan, texts }: Target,
  signal: AbortSignal,
  tell: (done: Done, what: string) => void,
): Promise<Computed> {
  const whole = new Set<number>();
  let [stages, scanned] = [0, 0];
  const done = (): Done => ({ stages, edits: whole.size + scanned });
  return computeResults(pipeline, recipe, {
    scan,
    texts,
    signal,
    onEvent: (event) => {
      if (event.kind === "stage-finished" && event.stage !== "edit") {
        stages++;
        if (event.milliseconds > 1000)
          tell(done(), `${event.stage} in ${(event.milliseconds / 1000).toFixed(0)} s`);
      }
      if (event.kind !== "edit" || whole.has(event.result.position)) return;
      whole.add(event.result.position);
      tell(done(), `edit ${String(whole.size)} of ${String(recipe.edits.length)}`);
    },
    onScanned: () => {
      scanned++;
      if (scanned % 12 === 0) tell(done(), `single matrix edit ${String(scanned)} of ${String(scan.length)}`);
    },
  });
}

function verdict(comparison: Comparison | undefined): string {
  if (comparison === undefined) return "nothing is stored";
  const { compared, differences } = comparison;
  const figures = `${compared.toLocaleString("en-US")} figures`;
  return differences.length === 0
    ? `${figures} as stored`
    : `${differences.length.toLocaleString("en-US")} of ${figures} differ`;
}

function report(all: readonly Reproduced[], asJson: boolean, wrote: boolean): number {
  const comparisons = all.flatMap(({ comparison }) => comparison ?? []);
  const failed = all.filter(
    ({ comparison }) => comparison === undefined || comparison.differences.length > 0,
  );
  if (asJson) {
    const results = all.map(({ target, seconds, comparison }) => ({
      name: target.name,
      file: target.file,
      seconds,
      compared: comparison?.compared ?? 0,
      differences: comparison?.differences ?? null,
      largest: Object.fromEntries(comparison?.largest ?? []),
    }));
    console.log(JSON.stringify({ ok: wrote || failed.length === 0, wrote, results }));
  } else {
    console.log(`\n${toleranceTable(comparisons)}`);
    for (const { target, comparison } of failed)
      console.log(
        `\n${comparison === undefined ? `${target.name}: ${target.file} is missing` : differenceTable(target.name, comparison.differences)}`,
      );
    if (failed.length === 0) console.log("\nEvery shipped figure is what the code gives.");
    else if (!wrote) console.log("\nIf the new figures are right, store them: npm run reproduce -- --write");
  }
  return wrote || failed.length === 0 ? 0 : 1;
}

main(reproduce);
