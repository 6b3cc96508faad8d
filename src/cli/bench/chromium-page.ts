import { chromium, type Page } from "playwright";
import { createServer } from "vite";
import type { DeviceReport } from "../../engine/api";
import { chromiumLaunchOptions } from "../chromium.mjs";
import { ROOT } from "../install.mjs";
import { ISOLATION_HEADERS } from "../static-server.mjs";
import type { Runner } from "./measure";
import "./page-api";
import { taskName, type Task } from "./plan";

/** The bench's page in a headless Chromium, served from the sources. */
export interface OpenedPage {
  readonly report: DeviceReport;
  readonly browserVersion: string;
  prepare(task: Task): Promise<Runner>;
  close(): Promise<void>;
}

export async function openBenchPage(): Promise<OpenedPage> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    // All imports are ES modules: nothing is bundled beforehand, and nothing written into node_modules.
    optimizeDeps: { noDiscovery: true },
    server: { host: "127.0.0.1", port: 0, headers: ISOLATION_HEADERS, hmr: false, ws: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch(chromiumLaunchOptions());
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  try {
    const [url] = server.resolvedUrls?.local ?? [];
    if (url === undefined) throw new Error("bench: the page could not be served");
    const page = await browser.newPage();
    await page.goto(new URL("/src/cli/bench/page.html", url).href);
    await page.waitForFunction(() => window.benchPage !== undefined, undefined, { timeout: 120_000 });
    const report = await page.evaluate(() => window.benchPage?.open());
    if (!report) throw new Error("bench: the page could not be opened");
    return {
      report,
      browserVersion: browser.version(),
      prepare: (task) => prepareTask(page, task),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepareTask(page: Page, task: Task): Promise<Runner> {
  const key = JSON.stringify(task);
  await page.evaluate(([key, task]) => window.benchPage?.prepare(key, task), [key, task] as const);
  return {
    name: taskName(task),
    run: async () => {
      const ms = await page.evaluate((key) => window.benchPage?.run(key), key);
      if (ms === undefined) throw new Error("bench: the page has gone");
      return ms;
    },
    release: async () => {
      await page.evaluate((key) => window.benchPage?.release(key), key);
    },
  };
}
