import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** With these two the page is cross-origin isolated, so that WebAssembly may use threads. */
export const isolationHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** onnxruntime-web finds its .wasm beside its own file, which pre-bundling would move. */
export const unbundled = ["onnxruntime-web"];

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
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  optimizeDeps: { exclude: unbundled },
  build: { target: "es2022" },
});
