import { GpuBuffers } from "./buffers";
import { Pipeline, type Bindings, type Kernel, type Uniforms } from "./kernel";

/** What to ask of an adapter: its own limits where kernels profit from them, and no optional feature. */
export function gpuDeviceDescriptor(adapter: GPUAdapter): GPUDeviceDescriptor {
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } = adapter.limits;
  return {
    label: "eigenband",
    requiredLimits: {
      maxBufferSize,
      maxStorageBufferBindingSize,
      maxComputeWorkgroupStorageSize: Math.min(32768, maxComputeWorkgroupStorageSize),
    },
  };
}

/** An error that the device reported for work or buffers, or the loss of the device. */
export class GpuDeviceError extends Error {
  override readonly name = "GpuDeviceError";
}

/** Uniform slots that one submission can point into. */
export const uniformSlots = 256;

/** A GPUDevice it is given, with what all kernels on it share. It never requests or destroys a device. */
export class GpuContext {
  readonly device: GPUDevice;
  readonly buffers: GpuBuffers;
  /** Vectors per Jacobi block: 32 if a workgroup may hold 32 KB, else 16. */
  readonly blockSize: 16 | 32;
  /** Resolves, with the reason, when the device is lost. */
  readonly lost: Promise<GpuDeviceError>;
  /** All uniform slots; each submission first writes those it uses. */
  readonly uniforms: GPUBuffer;
  /** Bytes from one uniform slot to the next. */
  readonly uniformStride: number;

  readonly #pipelines = new Map<string, Pipeline<Uniforms, Bindings>>();
  readonly #onError = (event: GPUUncapturedErrorEvent): void => {
    this.#failure ??= new GpuDeviceError(event.error.message);
  };
  #failure: GpuDeviceError | undefined;
  #gone: GpuDeviceError | undefined;

  constructor(device: GPUDevice) {
    this.device = device;
    this.buffers = new GpuBuffers(device);
    this.blockSize = device.limits.maxComputeWorkgroupStorageSize >= 32768 ? 32 : 16;
    this.uniformStride = Math.max(64, device.limits.minUniformBufferOffsetAlignment);
    this.uniforms = device.createBuffer({
      label: "uniforms",
      size: uniformSlots * this.uniformStride,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.addEventListener("uncapturederror", this.#onError);
    this.lost = device.lost.then((info) => {
      this.#gone = new GpuDeviceError(`GPU device lost (${info.reason}): ${info.message}`);
      return this.#gone;
    });
  }

  /** Compiled once per set of overrides. */
  pipeline<U extends Uniforms, B extends Bindings, O extends string>(
    kernel: Kernel<U, B, O>,
    ...[overrides]: [O] extends [never] ? [] : [Readonly<Record<O, number>>]
  ): Pipeline<U, B> {
    const constants: Readonly<Record<string, number>> = overrides ?? {};
    const key = `${kernel.label} ${JSON.stringify(constants)}`;
    const cached = this.#pipelines.get(key);
    if (cached !== undefined) return cached as Pipeline<U, B>;
    const pipeline = new Pipeline(this.device, kernel, constants, this.uniforms);
    this.#pipelines.set(key, pipeline);
    return pipeline;
  }

  /** Throws the first error the device reported since the last call, or its loss. */
  throwIfFailed(): void {
    if (this.#gone !== undefined) throw this.#gone;
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  /** Waits until submitted work is done; rejects with what the device reported. */
  async settled(): Promise<void> {
    await this.device.queue.onSubmittedWorkDone();
    this.throwIfFailed();
  }

  /** Lets go of the device, which lives on. */
  release(): void {
    this.device.removeEventListener("uncapturederror", this.#onError);
    this.uniforms.destroy();
    this.#pipelines.clear();
  }
}
