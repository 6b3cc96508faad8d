import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { ISOLATION_HEADERS } from "./src/cli/static-server.mjs";

export default defineConfig({
  // Relative addresses: the built folder works under any path of any static host.
  base: "./",
  plugins: [react()],
  worker: {
    format: "es",
    // onnxruntime starts its threads from the file that it stands in. In a file with our own worker code every thread
    // would start that too, and session creation would wait for ever.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "onnxruntime", test: /node_modules[\\/]onnxruntime-/ }] } },
    },
  },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  // It finds its .wasm beside its own file, which pre-bundling would move.
  optimizeDeps: { exclude: ["onnxruntime-web"] },
  // The largest chunk is Plotly, loaded when the first figure is drawn.
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
