/**
 * `npm test`: installs what is missing, finds a browser, then checks types, lint and format, builds, and runs all
 * tests. A failure does not stop what follows. `npm test -- unit gpu` runs only the steps named.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { findChromium } from "./chromium.mjs";
import { installIfNeeded, requireNode, ROOT, runHere } from "./install.mjs";
import { countPlaywright, countVitest, judgeSuite } from "./test-report.mjs";

/**
 * @typedef {import("./test-report.mjs").Count} Count
 * @typedef {{ name: string, program: string, args: string[], count?: (json: string) => Count }} Step
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
  };
}

/** @type {Step[]} */
const STEPS = [
  { name: "types", program: "typescript/bin/tsc", args: ["-p", "."] },
  { name: "lint", program: "eslint/bin/eslint.js", args: [".", "--max-warnings", "0"] },
  { name: "format", program: "prettier/bin/prettier.cjs", args: ["--check", "."] },
  { name: "build", program: "vite/bin/vite.js", args: ["build"] },
  vitest("unit", "node"),
  vitest("gpu", "gpu"),
  {
    name: "e2e",
    program: "@playwright/test/cli.js",
    args: ["test", "--reporter=list,json"],
    count: countPlaywright,
  },
];

/** Makes sure there is a Chromium, names it, and leaves its path to all steps. */
function provideChromium() {
  const path = findChromium() ?? installedByPlaywright() ?? fetchChromium();
  console.log(`Browser: ${path}`);
  process.env.CHROMIUM_PATH = path;
}

/** @returns {string | undefined} */
function installedByPlaywright() {
  // Loaded only here: before the packages are installed there is none to load.
  const require = createRequire(import.meta.url);
  const { chromium } = /** @type {typeof import("playwright")} */ (require("playwright"));
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/** @returns {string} */
function fetchChromium() {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("No Chromium found: installing the package of this system ...");
    const install = ["install", "--yes", "--no-install-recommends", "chromium"];
    const done = runHere("apt-get", ["update"]) === 0 && runHere("apt-get", install) === 0;
    const path = done ? findChromium() : undefined;
    if (path !== undefined) return path;
  }
  console.log("No Chromium found: downloading Playwright's ...");
  runHere(process.execPath, [
    join(ROOT, "node_modules/playwright/cli.js"),
    "install",
    "--no-shell",
    "chromium",
  ]);
  const path = installedByPlaywright();
  if (path !== undefined) return path;
  throw new Error(
    "No Chromium could be found or fetched. Install one, or name one: CHROMIUM_PATH=... npm test",
  );
}

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
 * Runs one step with its output on ours; a step that hangs is ended.
 * @param {Step} step
 * @returns {Promise<number>} exit status
 */
function run({ name, program, args }) {
  const env = { ...process.env, CI: "1", PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(name) };
  const child = spawn(process.execPath, [join(ROOT, "node_modules", program), ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env,
  });
  const timer = setTimeout(() => {
    console.error(`${name}: ended after ${LONGEST_STEP_MS / 60_000} minutes`);
    child.kill("SIGKILL");
  }, LONGEST_STEP_MS);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve(status ?? 1);
    });
  });
}

/**
 * @param {Step} step
 * @returns {Promise<Count>}
 */
async function judge(step) {
  const status = await run(step);
  if (step.count === undefined)
    return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const path = reportOf(step.name);
  return judgeSuite(existsSync(path) ? step.count(readFileSync(path, "utf8")) : undefined, status);
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

async function test() {
  const steps = chooseSteps();
  installIfNeeded({ withDevelopment: true });
  provideChromium();
  process.env.EIGENBAND_E2E_PORT ??= await freePort();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS);
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  for (const step of steps) {
    console.log(`\n── ${step.name} ──`);
    const started = performance.now();
    const { passed, failed, skipped } = await judge(step);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const verdict = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    lines.push(`${step.name.padEnd(7)} ${verdict}  (${seconds} s)`);
  }
  console.log(`\n${lines.join("\n")}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

requireNode();
test().catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error ? error.message : error);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
});
