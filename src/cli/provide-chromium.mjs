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
  const status = playwright(machine, ["install", "--no-shell", "chromium"]);
  const path = machine.installedByPlaywright();
  if (path === undefined) {
    tried.push(`Playwright's download ended with status ${status}`);
    throw new Error(withoutChromium(tried, [NAME_ONE, MIRROR]));
  }
  let fault = machine.faultOf(path);
  if (fault !== undefined && machine.mayInstallPackages()) {
    machine.say("Playwright's Chromium does not start: installing the libraries that it needs ...");
    playwright(machine, INSTALL_LIBRARIES);
    fault = machine.faultOf(path);
  }
  if (fault === undefined) return path;
  tried.push(`Playwright's does not start: ${fault}`);
  throw new Error(withoutChromium(tried, [LIBRARIES, NAME_ONE]));
}

const INSTALL_LIBRARIES = ["install-deps", "chromium"];

const NAME_ONE = "install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chromium npm test";
const MIRROR =
  "where Playwright's servers are out of reach, name a mirror of them: PLAYWRIGHT_DOWNLOAD_HOST=https://... npm test";
const LIBRARIES = `if a library is missing, have root install them: npx playwright ${INSTALL_LIBRARIES.join(" ")}`;

/**
 * @param {string[]} tried
 * @param {string[]} waysOut
 * @returns {string}
 */
function withoutChromium(tried, waysOut) {
  const listed = (/** @type {string[]} */ lines) => lines.map((line) => `  - ${line}`);
  return [
    "No Chromium: the tests need a browser, and none could be found or fetched.",
    ...listed(tried),
    "Ways out:",
    ...listed(waysOut),
  ].join("\n");
}

/**
 * @param {Machine} machine
 * @param {string[]} args
 * @returns {number} exit status
 */
function playwright(machine, args) {
  return machine.run(process.execPath, [join(ROOT, "node_modules", "playwright", "cli.js"), ...args]);
}

/**
 * @param {Machine} machine
 * @param {string | undefined} path
 */
function startsOrNone(machine, path) {
  return path !== undefined && machine.faultOf(path) === undefined ? path : undefined;
}
