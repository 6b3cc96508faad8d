import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { DIST } from "../../src/cli/build.mjs";
import { ROOT } from "../../src/cli/install.mjs";
import { serveFolder } from "../../src/cli/static-server.mjs";
import { webgpu } from "./lab";

/** What goes wrong on a page: exceptions, errors on the console, answers that are none. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}

/** The engine in its worker has answered and found WebGPU. */
async function expectEngine(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Eigenband");
  await expect(page.getByRole("banner")).toContainText("WebGPU");
  await expect(page.getByRole("banner")).not.toContainText("looking for WebGPU");
}

test("npm start serves an isolated page that finds WebGPU without a fault", async ({ page }) => {
  const faults = faultsOf(page);
  await page.goto(`/${webgpu}`);
  await expectEngine(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(faults).toEqual([]);
});

test("the built folder works under a path of a host that sends no headers", async ({ page }) => {
  const host = await serveFolder(ROOT, { ports: [0], isolated: false });
  try {
    const faults = faultsOf(page);
    await page.goto(`http://localhost:${host.port}/dist/${webgpu}`);
    await expectEngine(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(faults).toEqual([]);
  } finally {
    await host.close();
  }
});

test("onnxruntime's binary is emitted once, and apart from the engine's own code", () => {
  const files = readdirSync(join(DIST, "assets"));
  expect(files.filter((file) => file.endsWith(".wasm"))).toHaveLength(1);
  expect(files.filter((file) => /^onnxruntime-.*\.js$/.test(file))).toHaveLength(1);
});

test("Plotly is one chunk, which the page does not load at first", () => {
  const saidByPlotly = "Something went wrong with axis scaling";
  const scripts = readdirSync(join(DIST, "assets")).filter((file) => file.endsWith(".js"));
  const plotly = scripts.filter((file) =>
    readFileSync(join(DIST, "assets", file), "utf8").includes(saidByPlotly),
  );
  expect(plotly).toHaveLength(1);
  expect(readFileSync(join(DIST, "index.html"), "utf8")).not.toContain(plotly[0]);
});
