import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { GpuMemoryError } from "../../src/gpu/buffers";
import { Commands } from "../../src/gpu/commands";
import { gpuDeviceDescriptor, uniformSlots, type GpuContext } from "../../src/gpu/device";
import { GpuDeviceError } from "../../src/gpu/device-errors";
import { jacobiGram } from "../../src/gpu/kernels/jacobi-gram";
import { matmul as matmulKernel } from "../../src/gpu/kernels/matmul";
import { staircaseMask } from "../../src/gpu/kernels/staircase-mask";
import type { Pipeline } from "../../src/gpu/kernel";
import { Pace } from "../../src/gpu/pace";
import { readFloats, readWords } from "../../src/gpu/readback";
import { gpuContext } from "../support/gpu";

let gpu: GpuContext;
beforeAll(async () => {
  gpu = await gpuContext();
});
afterAll(() => {
  gpu.release();
  gpu.device.destroy();
});

/** kept = C of one row: a kernel that is quick to compile. */
function copyRow(commands: Commands, C: GPUBuffer, boundary: GPUBuffer, kept: GPUBuffer, inputs: number) {
  const bound = commands.gpu.pipeline(staircaseMask).bind({ C, boundary, kept });
  commands.dispatch(bound, { outputs: 1, inputs }, [Math.ceil(inputs / 256)]);
}

describe("gpuDeviceDescriptor", () => {
  it("asks for no optional feature and for limits that the adapter has", async () => {
    const adapter = (await navigator.gpu.requestAdapter())!;
    const descriptor = gpuDeviceDescriptor(adapter);
    expect(descriptor.requiredFeatures).toBeUndefined();
    for (const [name, value] of Object.entries(descriptor.requiredLimits ?? {})) {
      expect(value).toBeLessThanOrEqual(adapter.limits[name as "maxBufferSize"]);
    }
  });
});

describe("GpuBuffers", () => {
  it("counts bytes in units of 16, once per buffer, and hands buffers out of a scratch set", () => {
    const { buffers } = gpu;
    const before = buffers.bytes;
    const one = buffers.createFloats("one", 1);
    expect(buffers.bytes).toBe(before + 16);
    const scratch = buffers.scratch();
    const kept = scratch.upload("kept", new Float32Array(5));
    scratch.create("lost", 100);
    expect(buffers.bytes).toBe(before + 16 + 32 + 112);
    scratch.release(kept);
    scratch.destroy();
    expect(buffers.bytes).toBe(before + 16 + 32);
    buffers.destroy(one, one, kept);
    expect(buffers.bytes).toBe(before);
  });

  it("refuses a buffer that the device does not allow, by name", () => {
    expect(() => gpu.buffers.create("factor A of layer 9", 2 ** 50)).toThrow(GpuMemoryError);
    expect(() => gpu.buffers.create("factor A of layer 9", 2 ** 50)).toThrow("factor A of layer 9: needs");
  });
});

describe("Commands", () => {
  it("carry more dispatches than there are uniform slots, each with its own values", async () => {
    const scratch = gpu.buffers.scratch();
    const count = uniformSlots + 44;
    const C = scratch.upload("C", new Float32Array(count).fill(1));
    const boundary = scratch.upload("J", new Uint32Array(count).fill(1));
    const kept = Array.from({ length: count }, () => scratch.createFloats("kept", count));
    const commands = new Commands(gpu);
    for (const [i, buffer] of kept.entries()) copyRow(commands, C, boundary, buffer, i + 1);
    commands.submit();
    for (const i of [0, 100, uniformSlots - 1, uniformSlots, count - 1]) {
      const sum = (await readFloats(gpu, kept[i]!, count)).reduce((total, value) => total + value, 0);
      expect(sum).toBe(i + 1);
    }
    scratch.destroy();
  });

  it("copy and clear between dispatches, in order", async () => {
    const scratch = gpu.buffers.scratch();
    const C = scratch.upload("C", new Float32Array([1, 2, 3, 4]));
    const boundary = scratch.upload("J", new Uint32Array(4).fill(1));
    const kept = scratch.createFloats("kept", 4);
    const commands = new Commands(gpu);
    copyRow(commands, C, boundary, kept, 4);
    commands.copy(kept, 4, C, 0, 8);
    commands.clear(kept);
    copyRow(commands, C, boundary, kept, 3);
    commands.submit();
    expect(await readFloats(gpu, kept, 4)).toEqual(new Float32Array([2, 3, 3, 0]));
    expect(await readWords(gpu, boundary, 2, 1)).toEqual(new Uint32Array([1, 1]));
    scratch.destroy();
  });

  it("name the kernel when there are too many workgroups or a uniform is no integer", () => {
    const buffer = gpu.buffers.createFloats("any", 4);
    const bound = gpu
      .pipeline(staircaseMask)
      .bind({ C: buffer, boundary: buffer, kept: gpu.buffers.createFloats("k", 4) });
    const commands = new Commands(gpu);
    expect(() => commands.dispatch(bound, { outputs: 1, inputs: 1 }, [70000])).toThrow(
      "staircase-mask: 70000",
    );
    expect(() => commands.dispatch(bound, { outputs: 1.5, inputs: 1 }, [1])).toThrow("uniform outputs");
  });
});

describe("a kernel's bindings", () => {
  it("are typed by their WGSL names", () => {
    type Bind = Pipeline<typeof matmulKernel.uniforms, typeof matmulKernel.bindings>["bind"];
    expectTypeOf<Parameters<Bind>[0]>().toEqualTypeOf<Readonly<Record<"A" | "B" | "C", GPUBuffer>>>();
    expectTypeOf(jacobiGram.overrides).toEqualTypeOf<readonly "BLOCK"[]>();
    expect(Object.keys(matmulKernel.bindings)).toEqual(["A", "B", "C"]);
  });

  it("share one compiled pipeline", () => {
    expect(gpu.pipeline(staircaseMask)).toBe(gpu.pipeline(staircaseMask));
  });
});

describe("Pace", () => {
  it("lets an abort through before anything more is submitted", async () => {
    const controller = new AbortController();
    const pace = new Pace(gpu, controller.signal);
    await pace.spend(1e9);
    controller.abort();
    await expect(pace.spend(1e9)).rejects.toMatchObject({ name: "AbortError" });
  });

  it("that was aborted leaves a later error of the device to whoever waits next", async () => {
    const controller = new AbortController();
    const abandoned = new Pace(gpu, controller.signal);
    await abandoned.flush();
    controller.abort();
    const small = gpu.buffers.createFloats("small", 4);
    const commands = new Commands(gpu);
    commands.copy(small, 0, small, 0, 1600);
    commands.submit();
    await expect(gpu.settled()).rejects.toBeInstanceOf(GpuDeviceError);
    gpu.buffers.destroy(small);
  });

  it("keeps a budget that is given, and at least one item fits it", () => {
    const pace = new Pace(gpu, undefined, 100);
    expect(pace.items(30)).toBe(3);
    expect(pace.items(1e6)).toBe(1);
  });
});

describe("GpuContext", () => {
  it("turns an error of the device into a rejection, once", async () => {
    const [small, large] = [gpu.buffers.createFloats("small", 4), gpu.buffers.createFloats("large", 400)];
    const commands = new Commands(gpu);
    commands.copy(large, 0, small, 0, 1600);
    commands.submit();
    await expect(gpu.settled()).rejects.toBeInstanceOf(GpuDeviceError);
    await gpu.settled();
    gpu.buffers.destroy(small, large);
  });

  it("rejects with the loss of its device", async () => {
    const lost = await gpuContext("default");
    const buffer = lost.buffers.createFloats("any", 4);
    lost.device.destroy();
    expect((await lost.lost).message).toContain("GPU device lost");
    await expect(lost.settled()).rejects.toThrow("GPU device lost");
    await expect(readFloats(lost, buffer, 4)).rejects.toThrow("GPU device lost");
  });
});
