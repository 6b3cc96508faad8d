/**
 * A kernel is one WGSL file and the names, types and order of what it binds. Binding 0 is the uniform `shape`,
 * bindings 1.. are storage buffers in the order of `bindings`; a test compares both with the WGSL.
 */

export type BindingAccess = "read" | "read_write";
export type UniformType = "u32" | "f32";

/** Fields of the uniform `shape`, in the order of the WGSL struct. */
export type Uniforms = Readonly<Record<string, UniformType>>;
/** Storage buffers, in binding order. */
export type Bindings = Readonly<Record<string, BindingAccess>>;

export interface Kernel<U extends Uniforms, B extends Bindings, O extends string = string> {
  /** Stem of the WGSL file. */
  readonly label: string;
  readonly source: string;
  /** WGSL of `shaders/lib` that is appended whole. */
  readonly libraries?: readonly string[];
  readonly entryPoint: string;
  readonly uniforms: U;
  readonly bindings: B;
  readonly overrides: readonly O[];
}

export function defineKernel<
  const U extends Uniforms,
  const B extends Bindings,
  const O extends string = never,
>(kernel: Kernel<U, B, O>): Kernel<U, B, O> {
  return kernel;
}

/** A pipeline with its buffers: ready to be dispatched with values for the uniform. */
export interface BoundKernel<U extends Uniforms> {
  readonly label: string;
  readonly uniforms: U;
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
}

export type UniformValues<U extends Uniforms> = Readonly<Record<keyof U, number>>;

/** Writes the values into a uniform slot as the WGSL struct lays them out: 4-byte scalars one after the other. */
export function packUniforms<U extends Uniforms>(
  uniforms: U,
  values: UniformValues<U>,
  target: DataView,
  byteOffset: number,
) {
  let offset = byteOffset;
  for (const [name, type] of Object.entries(uniforms)) {
    const value = values[name] ?? Number.NaN;
    if (type === "f32") target.setFloat32(offset, value, true);
    else if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff)
      target.setUint32(offset, value, true);
    else throw new RangeError(`uniform ${name}: expected an unsigned 32-bit integer, got ${String(value)}`);
    offset += 4;
  }
}

/** Compiled form of a kernel for one device and one set of overrides. */
export class Pipeline<U extends Uniforms, B extends Bindings> {
  readonly #device: GPUDevice;
  readonly #kernel: Kernel<U, B>;
  readonly #shape: GPUBuffer;
  readonly #layout: GPUBindGroupLayout;
  readonly #pipeline: GPUComputePipeline;

  /** `shape` is the buffer of uniform slots that dispatches point into. */
  constructor(
    device: GPUDevice,
    kernel: Kernel<U, B>,
    overrides: Readonly<Record<string, number>>,
    shape: GPUBuffer,
  ) {
    this.#device = device;
    this.#kernel = kernel;
    this.#shape = shape;
    const entries: GPUBindGroupLayoutEntry[] = [
      { binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: "uniform", hasDynamicOffset: true } },
    ];
    for (const access of Object.values(kernel.bindings)) {
      const type = access === "read" ? "read-only-storage" : "storage";
      entries.push({ binding: entries.length, visibility: GPUShaderStage.COMPUTE, buffer: { type } });
    }
    this.#layout = device.createBindGroupLayout({ label: kernel.label, entries });
    this.#pipeline = device.createComputePipeline({
      label: kernel.label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [this.#layout] }),
      compute: {
        module: device.createShaderModule({
          label: kernel.label,
          code: [kernel.source, ...(kernel.libraries ?? [])].join("\n"),
        }),
        entryPoint: kernel.entryPoint,
        constants: { ...overrides },
      },
    });
  }

  bind(buffers: Readonly<Record<keyof B, GPUBuffer>>): BoundKernel<U> {
    const { label, uniforms, bindings } = this.#kernel;
    const size = 4 * Object.keys(uniforms).length;
    const entries: GPUBindGroupEntry[] = [{ binding: 0, resource: { buffer: this.#shape, size } }];
    for (const name of Object.keys(bindings)) {
      const buffer = buffers[name];
      if (buffer === undefined) throw new TypeError(`${label}: missing buffer ${name}`);
      entries.push({ binding: entries.length, resource: { buffer } });
    }
    const group = this.#device.createBindGroup({ label, layout: this.#layout, entries });
    return { label, uniforms, pipeline: this.#pipeline, group };
  }
}
