import type { DeviceErrors } from "./device-errors";

/** Storage buffers of the lab, counted. Whoever creates a buffer destroys it, or hands it on and says so. */

/** A request that the device's limits or memory cannot meet. */
export class GpuMemoryError extends Error {
  override readonly name = "GpuMemoryError";
}

export class GpuBuffers {
  readonly #device: GPUDevice;
  readonly #errors: DeviceErrors;
  readonly #live = new Set<GPUBuffer>();
  #bytes = 0;

  constructor(device: GPUDevice, errors: DeviceErrors) {
    this.#device = device;
    this.#errors = errors;
  }

  /** Bytes of all buffers created here and not destroyed yet. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A zeroed storage buffer; its size is rounded up to 16 bytes, as onnxruntime expects of tensors. */
  create(label: string, byteLength: number): GPUBuffer {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits;
    const size = Math.max(16, Math.ceil(byteLength / 16) * 16);
    const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    if (!(size <= limit)) {
      throw new GpuMemoryError(
        `${label}: needs a buffer of ${String(size)} bytes, this device allows ${String(limit)}`,
      );
    }
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.#errors.during(() => this.#device.createBuffer({ label, size, usage }));
    this.#live.add(buffer);
    this.#bytes += size;
    return buffer;
  }

  createFloats(label: string, count: number): GPUBuffer {
    return this.create(label, 4 * count);
  }

  upload(label: string, data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.create(label, data.byteLength);
    this.#device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  /** Frees buffers; work already submitted still finishes. Destroying twice is allowed. */
  destroy(...buffers: readonly GPUBuffer[]): void {
    for (const buffer of buffers) {
      if (!this.#live.delete(buffer)) continue;
      this.#bytes -= buffer.size;
      buffer.destroy();
    }
  }

  /** A set of buffers that is destroyed as one, for intermediate results. */
  scratch(): ScratchBuffers {
    return new ScratchBuffers(this);
  }
}

export class ScratchBuffers {
  readonly #buffers: GpuBuffers;
  readonly #held: GPUBuffer[] = [];

  constructor(buffers: GpuBuffers) {
    this.#buffers = buffers;
  }

  create(label: string, byteLength: number): GPUBuffer {
    return this.hold(this.#buffers.create(label, byteLength));
  }

  createFloats(label: string, count: number): GPUBuffer {
    return this.create(label, 4 * count);
  }

  upload(label: string, data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): GPUBuffer {
    return this.hold(this.#buffers.upload(label, data));
  }

  /** Takes a buffer into this set. */
  hold(buffer: GPUBuffer): GPUBuffer {
    this.#held.push(buffer);
    return buffer;
  }

  /** Takes a buffer out of this set: it now belongs to the caller. */
  release(buffer: GPUBuffer): GPUBuffer {
    const position = this.#held.indexOf(buffer);
    if (position >= 0) this.#held.splice(position, 1);
    return buffer;
  }

  destroy(): void {
    this.#buffers.destroy(...this.#held.splice(0));
  }
}
