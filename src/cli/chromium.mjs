/** Which Chromium runs the tests, and with which flags: one answer for the test command, Vitest and Playwright. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const FIXED_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Flags for a Chromium without a display. Without a GPU, WebGPU runs on SwiftShader, the software Vulkan driver
 * that Chromium brings: slower, the same results within float32. `EIGENBAND_ADAPTER=system` takes the real GPU.
 */
const FLAGS = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  ...(process.env.EIGENBAND_ADAPTER === "system"
    ? ["--enable-features=Vulkan", "--use-angle=vulkan"]
    : ["--use-webgpu-adapter=swiftshader"]),
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Why this path is no Chromium that starts, or undefined. Ubuntu's `chromium-browser` may be a script that only says
 * to install a snap: it has no version to tell. On Windows asking would open a window.
 * @param {string} path
 * @returns {string | undefined}
 */
export function browserFault(path) {
  if (!isExecutable(path)) return "no executable file";
  if (process.platform === "win32") return undefined;
  const { stdout, stderr, error } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 20_000 });
  if (error === undefined && /Chrom(e|ium)/.test(stdout)) return undefined;
  const [said = ""] = (error?.message ?? (stderr || stdout)).trim().split("\n");
  return `its --version is no Chromium's${said === "" ? "" : `: ${said}`}`;
}

/**
 * The Chromium named by `CHROMIUM_PATH`, else one of this machine, else undefined.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    const fault = browserFault(named);
    if (fault !== undefined) throw new Error(`CHROMIUM_PATH: expected a Chromium, got ${named} (${fault})`);
    return named;
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...FIXED_PLACES].find((path) => browserFault(path) === undefined);
}

/**
 * Launch options that Playwright and Vitest's Playwright provider both understand. Without a Chromium on the machine
 * Playwright's own serves, as the full browser: its smaller headless shell has no WebGPU.
 * @returns {{ args: string[] } & ({ executablePath: string } | { channel: string })}
 */
export function chromiumLaunchOptions() {
  const executablePath = findChromium();
  return { args: FLAGS, ...(executablePath === undefined ? { channel: "chromium" } : { executablePath }) };
}
