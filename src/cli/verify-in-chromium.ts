import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";
import { createServer } from "vite";
import type { Failure } from "../engine/api";
import { LabError } from "../engine/failure";
import type { VerificationRow } from "../engine/verification/compare";
import { chromiumLaunchOptions } from "./chromium.mjs";
import { ROOT } from "./install.mjs";
import { ISOLATION_HEADERS } from "./static-server.mjs";

/** What the page in Chromium found. */
export type VerificationAnswer =
  | { readonly ok: true; readonly device: string; readonly rows: readonly VerificationRow[] }
  | { readonly ok: false; readonly failure: Failure };

export interface Verification {
  readonly device: string;
  readonly rows: readonly VerificationRow[];
}

const page = "/src/cli/verify-page.html";
/** A software adapter takes minutes for what a GPU does in seconds. */
const longestMs = 30 * 60_000;

/** Verifies a folder on WebGPU: the lab's own sources, served to a headless Chromium. */
export async function verifyInChromium(folder: string): Promise<Verification> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    // All imports are ES modules: nothing is bundled beforehand, and nothing written into node_modules.
    optimizeDeps: { noDiscovery: true },
    server: { host: "127.0.0.1", port: 0, headers: ISOLATION_HEADERS, hmr: false, watch: null },
  });
  try {
    await server.listen();
    const [url] = server.resolvedUrls?.local ?? [];
    if (url === undefined) throw new Error("verification: the page could not be served");
    return await askPage(new URL(page, url).href, folder);
  } finally {
    await server.close();
  }
}

async function askPage(url: string, folder: string): Promise<Verification> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    const tab = await browser.newPage();
    const broken = new Promise<never>((_, reject) => {
      tab.on("pageerror", reject);
      tab.on("crash", () => {
        reject(new Error("verification: the page in Chromium crashed"));
      });
    });
    await tab.route("**/folder/*", async (route) => {
      const path = join(folder, new URL(route.request().url()).pathname.split("/").at(-1) ?? "");
      await (existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 }));
    });
    await tab.goto(url);
    const filled = tab.locator("output:not(:empty)").textContent({ timeout: longestMs });
    const answer = JSON.parse((await Promise.race([filled, broken])) ?? "null") as VerificationAnswer;
    if (!answer.ok) throw new LabError(answer.failure.message, answer.failure.remedy);
    return answer;
  } finally {
    await browser.close();
  }
}
