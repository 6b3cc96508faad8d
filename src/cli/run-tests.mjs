/**
 * `npm test`: installs what is missing, finds a browser where a step needs one, then checks types, lint and format,
 * builds, and runs all tests. A failure does not stop what follows. `npm test -- unit gpu` runs only the steps named.
 *
 * The checks and the build share the cores, since each of them keeps but one busy. The suites follow one by one: they
 * take all cores, and some of them measure times.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { installIfNeeded, ROOT } from "./install.mjs";
import { provideChromium } from "./provide-chromium.mjs";
import { countPlaywright, countVitest, failuresOfVitest, judgeSuite } from "./test-report.mjs";

/**
 * @typedef {import("./test-report.mjs").Count} Count
 * @typedef {{ name: string, program: string, args: string[], browser?: boolean, count?: (json: string) => Count, failures?: (json: string) => string[] }} Step
 * @typedef {{ name: string, count: Count, failures: string[], seconds: number }} Verdict
 */

const REPORTS = join(ROOT, "test-results");
const LONGEST_STEP_MS = 30 * 60_000;

/** @param {string} name */
const reportOf = (name) => join(REPORTS, `${name}.json`);

/**
 * @param {string} name
 * @param {string} project
 * @returns {Step}
 */
function vitest(name, project) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportOf(name)}`];
  return {
    name,
    program: "vitest/vitest.mjs",
    args: ["run", "--project", project, ...reporters],
    count: countVitest,
    failures: failuresOfVitest,
  };
}

/** The longest first. @type {Step[]} */
const CHECKS = [
  { name: "lint", program: "eslint/bin/eslint.js", args: [".", "--max-warnings", "0"] },
  { name: "types", program: "typescript/bin/tsc", args: ["-p", "."] },
  { name: "format", program: "prettier/bin/prettier.cjs", args: ["--check", "."] },
  { name: "build", program: "vite/bin/vite.js", args: ["build"] },
];

/** @type {Step[]} */
const SUITES = [
  vitest("unit", "node"),
  { ...vitest("gpu", "gpu"), browser: true },
  {
    name: "e2e",
    browser: true,
    program: "@playwright/test/cli.js",
    args: ["test", "--reporter=list,json"],
    count: countPlaywright,
  },
];

const STEPS = [...CHECKS, ...SUITES];

/**
 * A port nobody listens on, for the server of the end-to-end tests: several copies may be tested at once.
 * @returns {Promise<string>}
 */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(String(port)));
    });
  });
}

/**
 * Runs one step; a step that hangs is ended.
 * @param {Step} step
 * @param {boolean} aside whether its output is shown when it has ended, for a step that runs beside others
 * @returns {Promise<number>} exit status
 */
function run({ name, program, args }, aside) {
  const env = { ...process.env, CI: "1", PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(name) };
  const child = spawn(process.execPath, [join(ROOT, "node_modules", program), ...args], {
    cwd: ROOT,
    stdio: aside ? ["ignore", "pipe", "pipe"] : "inherit",
    env,
  });
  /** @type {Buffer[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (/** @type {Buffer} */ part) => output.push(part));
  const heading = `\n── ${name} ──`;
  if (!aside) console.log(heading);
  const timer = setTimeout(() => {
    console.error(`${name}: ended after ${LONGEST_STEP_MS / 60_000} minutes`);
    child.kill("SIGKILL");
  }, LONGEST_STEP_MS);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      if (aside) console.log(`${heading}\n${Buffer.concat(output).toString().trimEnd()}`);
      resolve(status ?? 1);
    });
  });
}

/**
 * @param {Step} step
 * @param {boolean} aside
 * @returns {Promise<Verdict>}
 */
async function judge(step, aside) {
  const started = performance.now();
  const status = await run(step, aside);
  const path = reportOf(step.name);
  const report = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const count =
    step.count === undefined
      ? { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 }
      : judgeSuite(report === undefined ? undefined : step.count(report), status);
  const failures = report === undefined ? [] : (step.failures?.(report) ?? []);
  return { name: step.name, count, failures, seconds: (performance.now() - started) / 1000 };
}

/**
 * All steps, as many at a time as there are cores; verdicts in the order of the steps.
 * @param {Step[]} steps
 * @returns {Promise<Verdict[]>}
 */
async function judgeTogether(steps) {
  /** @type {Verdict[]} */
  const verdicts = [];
  let next = 0;
  const work = async () => {
    for (let i = next++; i < steps.length; i = next++) {
      const step = steps[i];
      if (step) verdicts[i] = await judge(step, true);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), steps.length) }, work));
  return verdicts;
}

/** @returns {Step[]} */
function chooseSteps() {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length === 0)
    return names.length === 0 ? STEPS : STEPS.filter((step) => names.includes(step.name));
  const known = STEPS.map((step) => step.name).join(", ");
  throw new Error(`npm test: unknown step ${unknown.join(", ")}; there are ${known}`);
}

/**
 * Finds a browser and names it once, for all steps.
 * @returns {string | undefined} why there is none
 */
function findBrowser() {
  try {
    process.env.CHROMIUM_PATH = provideChromium();
    console.log(`Browser: ${process.env.CHROMIUM_PATH}`);
    return undefined;
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    console.error(`\n${fault}\nThe steps that need no browser run all the same.\n`);
    return fault;
  }
}

/**
 * A step that cannot run has failed; the others say what they can.
 * @param {Step} step
 * @param {string | undefined} browserFault
 * @returns {Promise<Verdict>}
 */
function judgeSuiteStep(step, browserFault) {
  if (!step.browser || browserFault === undefined) return judge(step, false);
  const count = { passed: 0, failed: 1, skipped: 0 };
  return Promise.resolve({ name: step.name, count, failures: [browserFault], seconds: 0 });
}

async function test() {
  const steps = chooseSteps();
  installIfNeeded({ withDevelopment: true });
  const browserFault = steps.some((step) => step.browser) ? findBrowser() : undefined;
  process.env.EIGENBAND_E2E_PORT ??= await freePort();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS);
  const verdicts = await judgeTogether(steps.filter((step) => CHECKS.includes(step)));
  for (const step of steps.filter((one) => SUITES.includes(one)))
    verdicts.push(await judgeSuiteStep(step, browserFault));
  const sum = (/** @type {keyof Count} */ kind) => verdicts.reduce((n, { count }) => n + count[kind], 0);
  const lines = verdicts.map(({ name, count: { passed, failed, skipped }, seconds }) => {
    const verdict = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    return `${name.padEnd(7)} ${verdict}  (${seconds.toFixed(1)} s)`;
  });
  for (const { name, failures } of verdicts)
    for (const failure of failures) console.log(`\n✗ ${name}: ${failure}`);
  console.log(`\n${lines.join("\n")}\n`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") > 0 || sum("passed") === 0 ? 1 : 0;
}

export async function runTests() {
  try {
    await test();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
  }
}
