import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumLaunchOptions } from "./src/cli/chromium.mjs";
import { ISOLATION_HEADERS } from "./src/cli/static-server.mjs";

const nodeProject = {
  test: {
    name: "node",
    environment: "node",
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/**/*.gpu.test.ts"],
    // Generous, for machines whose cores others use too.
    testTimeout: 30_000,
  },
};

/** Real WebGPU in a real Chromium. */
const gpuProject = {
  server: { headers: ISOLATION_HEADERS },
  worker: { format: "es" as const },
  // onnxruntime-web finds its .wasm beside its own file, which pre-bundling would move. The others are ES modules
  // already: pre-bundled when a test first meets them they would reload the page under that test.
  optimizeDeps: { exclude: ["onnxruntime-web", "@bufbuild/protobuf", "comlink"] },
  test: {
    name: "gpu",
    include: ["tests/**/*.gpu.test.ts"],
    // One page for all files: onnxruntime takes a second to start, and GPU tests side by side only slow each other.
    isolate: false,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: chromiumLaunchOptions() }),
      instances: [{ browser: "chromium" as const }],
    },
  },
};

export default defineConfig({ test: { projects: [nodeProject, gpuProject] } });
