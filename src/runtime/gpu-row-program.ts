import { Commands, type Workgroups } from "../gpu/commands";
import type { GpuContext } from "../gpu/device";
import type { BoundKernel, Uniforms, UniformValues } from "../gpu/kernel";
import { cachedAttention } from "../gpu/kernels/cached-attention";
import { embedRows } from "../gpu/kernels/embed-rows";
import { gatedRowProducts } from "../gpu/kernels/gated-row-products";
import { rmsNorm } from "../gpu/kernels/rms-norm";
import { rotateIntoCache } from "../gpu/kernels/rotate-into-cache";
import { rowProducts } from "../gpu/kernels/row-products";
import { sizeOf } from "../tensor/shape";
import { bufferOf } from "./gpu-tensor";
import { requireTokens, type RowProgram, type RowProgramSizes, type Rows } from "./row-program";

/** Outputs that a workgroup of the product kernels computes, and rows. */
const outputsPerGroup = 8;
const rowsPerGroup = 4;
/** Threads of a workgroup of the other kernels. */
const threads = 64;

class GpuRows implements Rows {
  readonly width: number;
  readonly buffer: GPUBuffer;

  constructor(width: number, buffer: GPUBuffer) {
    this.width = width;
    this.buffer = buffer;
  }
}

function rowsBuffer(rows: Rows): GPUBuffer {
  if (!(rows instanceof GpuRows)) throw new TypeError("row program: expected rows of a program on the GPU");
  return rows.buffer;
}

/** The program in WGSL: all ops of a run are one submission, and what is read back is mapped as it ends. */
export function gpuRowProgram(gpu: GpuContext, sizes: RowProgramSizes): RowProgram {
  const { rows, heads, keyValueHeads, headSize, capacity } = sizes;
  const held = gpu.buffers.scratch();
  const commands = new Commands(gpu);
  const ops: (() => void)[] = [];
  const tokenIds = held.create("tokens", 4 * rows);
  const positions = held.create("positions", 4 * rows);
  const cosines = held.upload("rotary cosines", sizes.cosines);
  const sines = held.upload("rotary sines", sizes.sines);
  const scores = held.createFloats("attention scores", rows * heads * capacity);
  /** Of the largest rows that were read. */
  let staging: GPUBuffer | undefined;

  const record = <U extends Uniforms>(
    kernel: BoundKernel<U>,
    values: UniformValues<U>,
    workgroups: Workgroups,
  ): void => {
    ops.push(() => {
      commands.dispatch(kernel, values, workgroups);
    });
  };
  const productGroups = (outputs: number): Workgroups => [
    Math.ceil(rows / rowsPerGroup),
    Math.ceil(outputs / outputsPerGroup),
  ];
  const stagingOf = (byteLength: number): GPUBuffer => {
    if (staging && staging.size >= byteLength) return staging;
    staging?.destroy();
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    staging = gpu.errors.during(() =>
      gpu.device.createBuffer({ label: "row program readback", size: byteLength, usage }),
    );
    return staging;
  };

  return {
    rows: (width) => new GpuRows(width, held.createFloats("program rows", rows * width)),
    embed: (table, to) => {
      const buffers = { tokens: tokenIds, embeddings: bufferOf(table), Y: rowsBuffer(to) };
      const groups: Workgroups = [Math.ceil(to.width / threads), rows];
      record(gpu.pipeline(embedRows).bind(buffers), { columns: to.width }, groups);
    },
    products: (x, weights, to) => {
      const pipeline = gpu.pipeline(rowProducts, { ROWS: rows === 1 ? 1 : rowsPerGroup });
      const depth = x.width;
      let first = 0;
      for (const weight of weights) {
        const outputs = sizeOf(weight.shape) / depth;
        const kernel = pipeline.bind({ X: rowsBuffer(x), W: bufferOf(weight), Y: rowsBuffer(to) });
        record(kernel, { rows, outputs, depth, first, stride: to.width }, productGroups(outputs));
        first += outputs;
      }
    },
    gatedProducts: (x, gate, up, to) => {
      const pipeline = gpu.pipeline(gatedRowProducts, { ROWS: rows === 1 ? 1 : rowsPerGroup });
      const buffers = { X: rowsBuffer(x), gate: bufferOf(gate), up: bufferOf(up), Y: rowsBuffer(to) };
      const values = { rows, outputs: to.width, depth: x.width };
      record(pipeline.bind(buffers), values, productGroups(to.width));
    },
    normalize: (x, weight, epsilon, to, how) => {
      const buffers = { X: rowsBuffer(x), weight: bufferOf(weight), Y: rowsBuffer(to) };
      const values = { columns: x.width, added: how === "add" ? 1 : 0, epsilon };
      record(gpu.pipeline(rmsNorm).bind(buffers), values, [rows]);
    },
    attention: (qkv, { queryWeight, keyWeight, epsilon }, caches, mixed) => {
      const shape = { heads, keyValueHeads, headSize, capacity };
      const [keys, values] = [bufferOf(caches.keys), bufferOf(caches.values)];
      const rotating = gpu.pipeline(rotateIntoCache).bind({
        queryWeight: bufferOf(queryWeight),
        keyWeight: bufferOf(keyWeight),
        cosines,
        sines,
        positions,
        QKV: rowsBuffer(qkv),
        keys,
        values,
      });
      record(rotating, { ...shape, epsilon }, [rows]);
      const attending = gpu
        .pipeline(cachedAttention)
        .bind({ Q: rowsBuffer(qkv), K: keys, V: values, positions, scores, mixed: rowsBuffer(mixed) });
      record(attending, { ...shape, stride: qkv.width }, [heads, rows]);
    },
    run: async (tokens, read) => {
      requireTokens(tokens, sizes);
      const byteLength = 4 * rows * read.width;
      const target = stagingOf(byteLength);
      const write = (buffer: GPUBuffer, values: readonly number[]): void => {
        gpu.device.queue.writeBuffer(buffer, 0, Uint32Array.from(values));
      };
      write(
        tokenIds,
        tokens.map(({ token }) => token),
      );
      write(
        positions,
        tokens.map(({ position }) => position),
      );
      for (const op of ops) op();
      commands.copy(rowsBuffer(read), 0, target, 0, byteLength);
      commands.submit();
      try {
        await target.mapAsync(GPUMapMode.READ, 0, byteLength);
      } catch (error) {
        // The device's own words, if it has any, say more than that mapping failed.
        await gpu.settled();
        throw error;
      }
      const values = new Float32Array(target.getMappedRange(0, byteLength).slice(0));
      target.unmap();
      gpu.errors.throwIfFailed();
      return values;
    },
    release: () => {
      staging?.destroy();
      held.destroy();
    },
  };
}
