/** A Chromium for the tests: the one that is there, else one that is fetched. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { browserFault, findChromium } from "./chromium.mjs";
import { ROOT, runHere } from "./install.mjs";

/**
 * What fetching a browser needs of the machine.
 * @typedef {{
 *   find: () => string | undefined,
 *   installedByPlaywright: () => string | undefined,
 *   mayInstallPackages: () => boolean,
 *   run: (command: string, args: string[]) => number,
 *   faultOf: (path: string) => string | undefined,
 *   say: (text: string) => void,
 * }} Machine
 */

/** @type {Machine} */
const thisMachine = {
  find: findChromium,
  installedByPlaywright: () => {
    // Loaded only here: before the packages are installed there is none to load.
    const require = createRequire(import.meta.url);
    const { chromium } = /** @type {typeof import("playwright")} */ (require("playwright"));
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  },
  mayInstallPackages: () => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get"),
  run: (command, args) => runHere(command, args, { DEBIAN_FRONTEND: "noninteractive" }),
  faultOf: browserFault,
  say: (text) => {
    console.log(text);
  },
};

/**
 * Path of a Chromium that starts: `CHROMIUM_PATH`, else one of this machine, else Playwright's, else the package of a
 * Debian system where packages may be installed, else Playwright's downloaded now.
 * @param {Machine} [machine]
 * @returns {string}
 * @throws Error that says what was tried and how to go on.
 */
export function provideChromium(machine = thisMachine) {
  const there = machine.find() ?? startsOrNone(machine, machine.installedByPlaywright());
  if (there !== undefined) return there;
  const tried = [];
  if (machine.mayInstallPackages()) {
    machine.say("No Chromium found: installing this system's package ...");
    // Lists that could not all be fetched anew may still do.
    machine.run("apt-get", ["update"]);
    const install = ["install", "--yes", "--no-install-recommends", "chromium"];
    const status = machine.run("apt-get", install);
    const path = machine.find();
    if (path !== undefined) return path;
    tried.push(
      status === 0
        ? "this system's package “chromium” is none that runs here"
        : `apt-get ${install.join(" ")} ended with status ${status}`,
    );
  } else {
    tried.push("this system's package was not tried, which needs root and apt-get");
  }
  machine.say("No Chromium found: downloading Playwright's ...");
  const cli = join(ROOT, "node_modules", "playwright", "cli.js");
  const status = machine.run(process.execPath, [cli, "install", "--no-shell", "chromium"]);
  const path = machine.installedByPlaywright();
  const fault = path === undefined ? undefined : machine.faultOf(path);
  if (path !== undefined && fault === undefined) return path;
  tried.push(
    fault === undefined
      ? `Playwright's download ended with status ${status}`
      : `Playwright's does not start: ${fault}`,
  );
  throw new Error(
    [
      "No Chromium: the tests need a browser, and none could be found or fetched.",
      ...tried.map((attempt) => `  - ${attempt}`),
      "Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chromium npm test",
    ].join("\n"),
  );
}

/**
 * @param {Machine} machine
 * @param {string | undefined} path
 */
function startsOrNone(machine, path) {
  return path !== undefined && machine.faultOf(path) === undefined ? path : undefined;
}
