/** Builds the page where its sources are newer than the last build. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runHere } from "./install.mjs";

export const DIST = join(ROOT, "dist");

const SOURCES = [
  "index.html",
  "package-lock.json",
  "public",
  "shaders",
  "src",
  "tsconfig.json",
  "vite.config.ts",
];

/**
 * Time of the last change at or under a path, 0 where nothing is there. Folders count too: they change when a file
 * in them is removed.
 * @param {string} path
 * @returns {number}
 */
export function newestChange(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestChange(join(path, name))),
    entry.mtimeMs,
  );
}

/** @returns {boolean} */
export function isBuildStale() {
  const built = newestChange(join(DIST, "index.html"));
  return SOURCES.some((source) => newestChange(join(ROOT, source)) > built);
}

/**
 * Says nothing but warnings and errors: the list of the hundred files that it wrote tells nobody anything.
 * @returns {number} exit status of the build
 */
export function build() {
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  return runHere(process.execPath, [vite, "build", "--logLevel", "warn"]);
}
