import { GpuBuffers } from "./buffers";
import { DeviceErrors, type GpuDeviceError } from "./device-errors";
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

/** Uniform slots that one submission can point into. */
export const uniformSlots = 256;

/** A GPUDevice it is given, with what all kernels on it share. It never requests or destroys a device. */
export class GpuContext {
  readonly device: GPUDevice;
  readonly buffers: GpuBuffers;
  /** Vectors per Jacobi block: 32 if a workgroup may hold 32 KB, else 16. */
  readonly blockSize: 16 | 32;
  readonly errors: DeviceErrors;
  /** All uniform slots; each submission first writes those it uses. */
  readonly uniforms: GPUBuffer;
  /** Bytes from one uniform slot to the next. */
  readonly uniformStride: number;

  readonly #pipelines = new Map<string, Pipeline<Uniforms, Bindings>>();

  constructor(device: GPUDevice) {
    this.device = device;
    this.errors = new DeviceErrors(device);
    this.buffers = new GpuBuffers(device, this.errors);
    this.blockSize = device.limits.maxComputeWorkgroupStorageSize >= 32768 ? 32 : 16;
    this.uniformStride = Math.max(64, device.limits.minUniformBufferOffsetAlignment);
    this.uniforms = device.createBuffer({
      label: "uniforms",
      size: uniformSlots * this.uniformStride,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /** Resolves, with the reason, when the device is lost. */
  get lost(): Promise<GpuDeviceError> {
    return this.errors.lost;
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
    const pipeline = this.errors.during(
      () => new Pipeline<U, B>(this.device, kernel, constants, this.uniforms),
    );
    this.#pipelines.set(key, pipeline);
    return pipeline;
  }

  /** Waits until submitted work is done; rejects with what the device reported. */
  settled(): Promise<void> {
    return this.errors.settled();
  }

  /** Lets go of the device, which lives on. */
  release(): void {
    this.errors.release();
    this.uniforms.destroy();
    this.#pipelines.clear();
  }
}
