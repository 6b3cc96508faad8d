import type { GpuContext } from "./device";

/** Copies bytes of a buffer to JavaScript memory after all work submitted before. */
export async function readBytes(
  gpu: GpuContext,
  buffer: GPUBuffer,
  byteOffset: number,
  byteLength: number,
): Promise<ArrayBuffer> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const staging = gpu.device.createBuffer({ label: "readback", size: Math.max(4, byteLength), usage });
  try {
    const mapped = gpu.errors.during(() => {
      const encoder = gpu.device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, byteOffset, staging, 0, byteLength);
      gpu.device.queue.submit([encoder.finish()]);
      return staging.mapAsync(GPUMapMode.READ);
    });
    try {
      await mapped;
    } catch (error) {
      // The device's own words, if it has any, say more than that mapping failed.
      await gpu.settled();
      throw error;
    }
    await gpu.settled();
    return staging.getMappedRange(0, byteLength).slice(0);
  } finally {
    staging.destroy();
  }
}

/** Elements `first .. first + count - 1` of a buffer of float32. */
export async function readFloats(
  gpu: GpuContext,
  buffer: GPUBuffer,
  count: number,
  first = 0,
): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await readBytes(gpu, buffer, 4 * first, 4 * count));
}

/** Elements `first .. first + count - 1` of a buffer of uint32. */
export async function readWords(
  gpu: GpuContext,
  buffer: GPUBuffer,
  count: number,
  first = 0,
): Promise<Uint32Array<ArrayBuffer>> {
  return new Uint32Array(await readBytes(gpu, buffer, 4 * first, 4 * count));
}
