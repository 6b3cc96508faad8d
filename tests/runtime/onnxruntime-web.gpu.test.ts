import * as ort from "onnxruntime-web/webgpu";
import { expect, test } from "vitest";
import { matMulModel } from "../support/tiny-onnx";

test("onnxruntime-web multiplies two matrices that live in our own GPU buffers", async () => {
  const size = 4;
  const a = Float32Array.from({ length: size * size }, (_, i) => i);
  const twice = Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 2 : 0));
  const device = await (await navigator.gpu.requestAdapter())!.requestDevice();
  const session = await ort.InferenceSession.create(matMulModel(size), {
    executionProviders: [{ name: "webgpu", device }],
    preferredOutputLocation: "gpu-buffer",
  });
  const upload = (data: Float32Array<ArrayBuffer>): ort.Tensor => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: data.byteLength, usage });
    device.queue.writeBuffer(buffer, 0, data);
    return ort.Tensor.fromGpuBuffer(buffer, { dataType: "float32", dims: [size, size] });
  };
  const { y } = await session.run({ a: upload(a), b: upload(twice) });
  expect(y!.location).toBe("gpu-buffer");
  expect(await y!.getData(true)).toEqual(a.map((entry) => 2 * entry));
});
