import { defineConfig } from "vitest/config";

/**
 * Tests of GPU linear algebra and of the decoding step in Node, through Dawn on the Vulkan driver of this machine: no browser between kernels and
 * driver, so also the way to a GPU on a machine without a display. Asked for alone: `npm run test:dawn`.
 */
export default defineConfig({
  test: {
    name: "dawn",
    environment: "node",
    include: ["tests/gpu/linalg/**/*.gpu.test.ts", "tests/runtime/row-program.gpu.test.ts"],
    setupFiles: ["tests/support/dawn.ts"],
    // One process, and in it one device, for all files.
    isolate: false,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
