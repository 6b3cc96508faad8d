import { parseArgs } from "node:util";
import { LabError } from "../engine/failure";
import { measureSideBySide, type Candidate, type Runner } from "./bench/measure";
import { benchPlan, groupNames, taskName, workOf, type PlanOptions, type Task } from "./bench/plan";
import { groupLines, goalReached, tableHead, type Measured } from "./bench/table";
import type { OpenedPage } from "./bench/chromium-page";
import type { WebRSolver } from "./bench/peers";
import { main } from "./main";

const help = `Times the lab's own work in a headless Chromium, beside what does the same.

  npm run bench -- [options]

  --only NAMES       of: ${groupNames.join(", ")} (default: all)
  --matmul SIZES     sizes of products and covariances, e.g. 512,1024
  --eigh SIZES       sizes of eigenproblems, e.g. 128,256,512,1024
  --model NAME       a shipped image model (default: vit-plain)
  --text-model NAME  a shipped language model (default: olmo-planted)
  --images N         images behind the metrics of an energy change (default: 2000; 100 on an emulated GPU)
  --rounds N         measurements of each (default: 5)
  --limit SECONDS    what takes longer is measured once (default: 60)
  --quick            fewest sizes, three rounds
  --adapter NAME     software: Chromium's own SwiftShader (default); system: the machine's GPU
  --webr FOLDER      a folder in which webr is installed (default: this one)
  --json             one JSON object on standard output

All candidates of a group run in turns, A B A B …, after one turn that is not counted. A ratio is the time of a line
over that of its group's first line, taken round by round; shown are median, least and greatest. Sizes not given are
small on a software adapter, whose times say little about a GPU's. Needs the development packages and a Chromium.`;

interface Options extends Omit<PlanOptions, "software"> {
  readonly rounds: number;
  readonly limitMs: number;
  readonly webr: string | undefined;
  readonly json: boolean;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new LabError(`--${name} ${text} is no positive whole number.`, "See npm run bench -- --help.");
}

function parse(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      matmul: { type: "string" },
      eigh: { type: "string" },
      model: { type: "string", default: "vit-plain" },
      "text-model": { type: "string", default: "olmo-planted" },
      images: { type: "string" },
      rounds: { type: "string" },
      limit: { type: "string", default: "60" },
      quick: { type: "boolean", default: false },
      adapter: { type: "string" },
      webr: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const only = values.only?.split(",") ?? [];
  const unknown = only.find((name) => !groupNames.some((known) => known === name));
  if (unknown !== undefined)
    throw new LabError(`--only ${unknown} is not known.`, `Use ${groupNames.join(", ")}.`);
  if (values.adapter !== undefined && values.adapter !== "software" && values.adapter !== "system") {
    throw new LabError(`--adapter ${values.adapter} is not known.`, "Use software or system.");
  }
  // Read when the browser's flags are made, which is later.
  if (values.adapter !== undefined) process.env["EIGENBAND_ADAPTER"] = values.adapter;
  const sizes = (name: "matmul" | "eigh") => values[name]?.split(",").map((size) => positive(name, size));
  return {
    only,
    matmul: sizes("matmul"),
    eigh: sizes("eigh"),
    model: values.model,
    textModel: values["text-model"],
    images: values.images === undefined ? undefined : positive("images", values.images),
    rounds: positive("rounds", values.rounds ?? (values.quick ? "3" : "5")),
    limitMs: 1000 * positive("limit", values.limit),
    quick: values.quick,
    webr: values.webr,
    json: values.json,
  };
}

function candidate(task: Task, page: OpenedPage, peers: Peers): Candidate {
  const prepare = (): ReturnType<Candidate["prepare"]> => {
    if (task.kind === "eigh" && task.by === "webr") return peers.webr.prepare(task.size);
    if (task.kind === "eigh" && task.by === "ml-matrix") return peers.mlMatrix(task.size);
    return page.prepare(task);
  };
  return { name: taskName(task), work: workOf(task), prepare };
}

interface Peers {
  readonly webr: WebRSolver;
  readonly mlMatrix: (size: number) => Promise<Runner>;
}

function showStep(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

async function bench(args: string[]): Promise<number> {
  const options = parse(args);
  if (!options) {
    console.log(help);
    return 0;
  }
  // Loaded only now: development packages, and flags that depend on the adapter.
  const { openBenchPage } = await import("./bench/chromium-page");
  const { mlMatrix, WebRSolver } = await import("./bench/peers");
  const page = await openBenchPage();
  const peers = { mlMatrix, webr: new WebRSolver(options.webr) };
  const device = page.report.webgpu.description;
  const date = new Date().toISOString();
  const say = (text: string): void => {
    if (!options.json) console.log(text);
  };
  const results: Measured[] = [];
  try {
    say(`${device}, Chromium ${page.browserVersion}, ${process.platform} ${process.arch}, ${date}`);
    say(`${options.rounds} rounds, interleaved\n\n${tableHead}`);
    const software = page.report.webgpu.kind === "emulated";
    for (const group of benchPlan({ ...options, software })) {
      const candidates = group.tasks.map((task) => candidate(task, page, peers));
      const rows = await measureSideBySide(candidates, options.rounds, options.limitMs, (step) => {
        showStep(`${group.title}: ${step}`);
      });
      showStep("");
      results.push({ group, rows });
      say(groupLines({ group, rows }).join("\n"));
    }
  } finally {
    await peers.webr.release();
    await page.close();
  }
  if (options.json) {
    const groups = results.map((measured) => ({
      title: measured.group.title,
      goalReached: goalReached(measured),
      rows: measured.rows,
    }));
    console.log(
      JSON.stringify({ device, browser: page.browserVersion, date, rounds: options.rounds, groups }),
    );
  }
  return 0;
}

main(bench);
