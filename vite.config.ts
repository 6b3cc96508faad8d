import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumLaunchOptions } from "./src/cli/chromium.mjs";

/** With these two the page is cross-origin isolated, so that WebAssembly may use threads. */
const isolationHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/**
 * Served as they are. onnxruntime-web finds its .wasm beside its own file, which pre-bundling would move; the others
 * are ES modules already, and a package that is pre-bundled when first met reloads the page under a running test.
 */
const optimizeDeps = { exclude: ["onnxruntime-web", "@bufbuild/protobuf", "comlink"] };

export default defineConfig({
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  optimizeDeps,
  build: { target: "es2022" },
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/**/*.gpu.test.ts"],
        },
      },
      {
        server: { headers: isolationHeaders },
        worker: { format: "es" },
        optimizeDeps,
        test: {
          name: "gpu",
          include: ["tests/**/*.gpu.test.ts"],
          // One page for all files: a start of onnxruntime costs a second, and two GPU tests at once share two cores.
          isolate: false,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
