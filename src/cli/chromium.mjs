/** Which Chromium runs the tests, and with which flags: one answer for the test command, Vitest and Playwright. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** `CHROMIUM_PATH` must win; then what the system has under the usual names. */
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
export const CHROMIUM_FLAGS = [
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
 * The path of a Chromium of this machine, or undefined where there is none and Playwright's own has to serve.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH: expected an executable file, got ${named}`);
    return named;
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...FIXED_PLACES].find(isExecutable);
}

/**
 * Launch options that Playwright and Vitest's Playwright provider both understand.
 * @returns {{ executablePath?: string, args: string[] }}
 */
export function chromiumLaunchOptions() {
  const executablePath = findChromium();
  return executablePath === undefined ? { args: CHROMIUM_FLAGS } : { executablePath, args: CHROMIUM_FLAGS };
}
