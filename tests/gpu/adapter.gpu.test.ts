import { expect, test } from "vitest";

test("the page has a WebGPU adapter", async () => {
  const adapter = await navigator.gpu.requestAdapter();
  expect(adapter, "no WebGPU adapter: these tests must not pass without one").not.toBeNull();
  expect(adapter!.limits.maxComputeInvocationsPerWorkgroup).toBeGreaterThanOrEqual(256);
});

test("the page is cross-origin isolated", () => {
  expect(crossOriginIsolated).toBe(true);
});

test("a compute shader squares 1000 numbers", async () => {
  const device = await (await navigator.gpu.requestAdapter())!.requestDevice();
  const input = Float32Array.from({ length: 1000 }, (_, i) => i - 500);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const buffer = device.createBuffer({ size: input.byteLength, usage });
  device.queue.writeBuffer(buffer, 0, input);
  const code = `
    @group(0) @binding(0) var<storage, read_write> x: array<f32>;
    @compute @workgroup_size(64) fn square(@builtin(global_invocation_id) id: vec3u) {
      if (id.x < arrayLength(&x)) { x[id.x] = x[id.x] * x[id.x]; }
    }`;
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module: device.createShaderModule({ code }), entryPoint: "square" },
  });
  const staging = device.createBuffer({
    size: input.byteLength,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  const entries = [{ binding: 0, resource: { buffer } }];
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(Math.ceil(input.length / 64));
  pass.end();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, input.byteLength);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const output = new Float32Array(staging.getMappedRange().slice(0));
  device.destroy();
  expect(output).toEqual(input.map((value) => value * value));
});
