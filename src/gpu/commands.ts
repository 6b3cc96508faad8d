import { uniformSlots, type GpuContext } from "./device";
import { packUniforms, type BoundKernel, type Uniforms, type UniformValues } from "./kernel";

export type Workgroups = readonly [x: number, y?: number, z?: number];

/**
 * Dispatches and copies in order. Nothing runs before `submit`, which writes the uniform slots of this batch and
 * submits at once: the queue keeps that order, so all batches can share one uniform buffer.
 */
export class Commands {
  readonly gpu: GpuContext;
  readonly #staging: DataView<ArrayBuffer>;
  #slots = 0;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;

  constructor(gpu: GpuContext) {
    this.gpu = gpu;
    this.#staging = new DataView(new ArrayBuffer(uniformSlots * gpu.uniformStride));
  }

  dispatch<U extends Uniforms>(
    kernel: BoundKernel<U>,
    values: UniformValues<U>,
    workgroups: Workgroups,
  ): void {
    const [x, y = 1, z = 1] = workgroups;
    if (Math.max(x, y, z) > this.gpu.device.limits.maxComputeWorkgroupsPerDimension) {
      throw new RangeError(
        `${kernel.label}: ${workgroups.join("×")} workgroups exceed the limit per dimension`,
      );
    }
    if (this.#slots === uniformSlots) this.submit();
    const offset = this.#slots++ * this.gpu.uniformStride;
    packUniforms(kernel.uniforms, values, this.#staging, offset);
    this.#pass ??= this.#open().beginComputePass();
    this.#pass.setPipeline(kernel.pipeline);
    this.#pass.setBindGroup(0, kernel.group, [offset]);
    this.#pass.dispatchWorkgroups(x, y, z);
  }

  copy(
    source: GPUBuffer,
    sourceOffset: number,
    target: GPUBuffer,
    targetOffset: number,
    byteLength: number,
  ): void {
    this.#endPass();
    this.#open().copyBufferToBuffer(source, sourceOffset, target, targetOffset, byteLength);
  }

  clear(buffer: GPUBuffer): void {
    this.#endPass();
    this.#open().clearBuffer(buffer);
  }

  /** Sends everything recorded so far to the queue. */
  submit(): void {
    const encoder = this.#encoder;
    if (encoder === undefined) return;
    this.#endPass();
    const { device, errors, uniforms, uniformStride } = this.gpu;
    errors.during(() => {
      if (this.#slots > 0) {
        device.queue.writeBuffer(uniforms, 0, this.#staging.buffer, 0, this.#slots * uniformStride);
      }
      device.queue.submit([encoder.finish()]);
    });
    this.#encoder = undefined;
    this.#slots = 0;
  }

  #open(): GPUCommandEncoder {
    this.#encoder ??= this.gpu.device.createCommandEncoder();
    return this.#encoder;
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }
}
