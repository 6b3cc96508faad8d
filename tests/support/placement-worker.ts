import * as ort from "onnxruntime-web/webgpu";
import { gpuDeviceDescriptor } from "../../src/gpu/device";

/**
 * Compiles the ONNX bytes it is sent as the WebGPU backend does, and answers with what onnxruntime logs meanwhile. A
 * worker of its own, because onnxruntime keeps the console functions it finds when it starts.
 */

let lines: string[] = [];
for (const level of ["debug", "log", "info", "warn", "error"] as const) {
  console[level] = (...words: unknown[]) => lines.push(words.map(String).join(" "));
}

const device = navigator.gpu.requestAdapter().then((adapter) => {
  if (adapter === null) throw new Error("no WebGPU adapter: GPU tests need one");
  return adapter.requestDevice(gpuDeviceDescriptor(adapter));
});

async function logOf(model: Uint8Array): Promise<string> {
  lines = [];
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [{ name: "webgpu", device: await device }],
    graphOptimizationLevel: "all",
    logSeverityLevel: 0,
  });
  await session.release();
  return lines.join("\n");
}

self.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  logOf(data).then(
    (log) => {
      self.postMessage({ log });
    },
    (error: unknown) => {
      self.postMessage({ error: String(error) });
    },
  );
};
