import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumLaunchOptions } from "./src/cli/chromium.mjs";
import { isolationHeaders, unbundled } from "./vite.config";

const nodeProject = {
  test: {
    name: "node",
    environment: "node",
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/**/*.gpu.test.ts"],
  },
};

/** Real WebGPU in a real Chromium. */
const gpuProject = {
  server: { headers: isolationHeaders },
  worker: { format: "es" as const },
  // ES modules already; a package pre-bundled when a test first meets it would reload the page under that test.
  optimizeDeps: { exclude: [...unbundled, "@bufbuild/protobuf", "comlink"] },
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
