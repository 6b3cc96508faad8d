import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "./src/cli/chromium.mjs";

const port = Number(process.env.EIGENBAND_E2E_PORT ?? 4199);

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/e2e",
  // The software adapter takes all cores for one page; two would only wait for each other.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  use: {
    baseURL: `http://localhost:${port}/`,
    browserName: "chromium",
    launchOptions: chromiumLaunchOptions(),
    trace: "retain-on-failure",
  },
  webServer: {
    command: `node src/cli/start.mjs --no-open --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
