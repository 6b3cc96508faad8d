/** Installs the packages of the lock file where they are missing. Runs before any package is there: Node alone. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @typedef {{ version?: string, dev?: boolean, devOptional?: boolean, optional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage | undefined> }} Lock
 */

/**
 * Packages that the lock file wants and `node_modules` has not, or has in another version. Optional ones, mostly
 * binaries of other platforms, are never missing.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json, which npm keeps of what it installed
 * @param {boolean} withDevelopment also those only development needs
 * @returns {string[]}
 */
export function missingPackages(wanted, installed, withDevelopment) {
  return Object.entries(wanted.packages).flatMap(([path, entry]) => {
    if (path === "" || entry === undefined || entry.optional) return [];
    if ((entry.dev || entry.devOptional) && !withDevelopment) return [];
    return installed.packages[path]?.version === entry.version ? [] : [path];
  });
}

/**
 * @param {string} path
 * @returns {Lock}
 */
function readLock(path) {
  if (!existsSync(path)) return { packages: {} };
  return /** @type {Lock} */ (JSON.parse(readFileSync(path, "utf8")));
}

/**
 * Runs a program in the project with its output on ours.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [environment] variables beside our own
 * @returns {number} its exit status; 1 where a signal ended it
 */
export function runHere(command, args, environment = {}) {
  const env = { ...process.env, ...environment };
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", env });
  if (error) throw new Error(`${command}: could not be started: ${error.message}`);
  return status ?? 1;
}

/** @param {string[]} args */
function npm(args) {
  // Under `npm start` npm tells where its own script is; as a plain name it needs a shell on Windows.
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js")) return runHere(process.execPath, [script, ...args]);
  return process.platform === "win32" ? runHere("cmd", ["/c", "npm", ...args]) : runHere("npm", args);
}

/**
 * Whether packages are there that only development needs. `npm ci` begins with an empty folder: without them it would
 * take them away from someone who has them.
 * @param {Lock} installed
 * @returns {boolean}
 */
export function hasDevelopmentPackages(installed) {
  return Object.values(installed.packages).some((entry) => entry?.dev === true);
}

/** @param {{ withDevelopment: boolean }} what */
export function installIfNeeded({ withDevelopment }) {
  const wanted = readLock(join(ROOT, "package-lock.json"));
  const installed = readLock(join(ROOT, "node_modules", ".package-lock.json"));
  const missing = missingPackages(wanted, installed, withDevelopment);
  if (missing.length === 0) return;
  console.log(`Installing packages (${missing.length} missing) ...`);
  const all = withDevelopment || hasDevelopmentPackages(installed);
  const status = npm(["ci", all ? "--include=dev" : "--omit=dev"]);
  if (status === 0) return;
  console.error(
    "npm ci failed: the lines above say why. The npm registry must be reachable for the first start.",
  );
  process.exit(status);
}
