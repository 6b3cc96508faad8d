import { Commands } from "../gpu/commands";
import type { GpuContext } from "../gpu/device";
import { DirectionResponses } from "../gpu/linalg/direction-responses";
import { eigh } from "../gpu/linalg/eigh";
import { frobeniusNorms } from "../gpu/linalg/frobenius";
import { matmul } from "../gpu/linalg/matmul";
import { rowScores } from "../gpu/linalg/row-scores";
import { maskRanked } from "../gpu/linalg/ranked-mask";
import { squareInPlace } from "../gpu/linalg/square";
import { maskStaircase } from "../gpu/linalg/staircase";
import { svd } from "../gpu/linalg/svd";
import { maskByBits, WeightScores as GpuWeightScores } from "../gpu/linalg/weight-scores";
import { Pace } from "../gpu/pace";
import { sizeOf } from "../tensor/shape";
import { bufferOf, gpuTensor, matrixView } from "./gpu-tensor";
import type { DeviceTensor } from "./device-tensor";
import { gpuCrossMean } from "./gpu-cross-mean";
import type { LinearAlgebra, WeightScores } from "./linear-algebra";

function weightScores(
  gpu: GpuContext,
  w: DeviceTensor,
  initial: Float32Array<ArrayBuffer>,
  dropped: number,
  velocity?: Float32Array<ArrayBuffer>,
): WeightScores {
  const scores = new GpuWeightScores(gpu, bufferOf(w), initial, dropped, velocity);
  return {
    masked: gpuTensor(gpu, scores.masked, w.shape),
    step: (gradient, how) => {
      scores.step(bufferOf(gradient), how);
    },
    read: () => scores.read(),
    readVelocity: () => scores.readVelocity(),
    release: () => {
      scores.destroy();
    },
  };
}

/** The lab's linear algebra by its own WGSL kernels. */
export function gpuLinearAlgebra(gpu: GpuContext): LinearAlgebra {
  return {
    eigh: async (matrices, { signal, onProgress }) => {
      const symmetric = matrices.map(({ name, matrix }) => ({
        name,
        size: matrixView(matrix).rows,
        buffer: bufferOf(matrix),
      }));
      const pairs = await eigh(gpu, symmetric, {
        ...(signal && { signal }),
        onProgress: ({ share }) => onProgress?.(share),
      });
      return pairs.map(({ name, size, values, vectors }) => ({
        name,
        values,
        vectors: gpuTensor(gpu, vectors, [size, size]),
      }));
    },
    svd: async (matrices, { signal, onProgress }) => {
      const general = matrices.map(({ name, matrix }) => ({ name, ...matrixView(matrix) }));
      const triplets = await svd(gpu, general, {
        ...(signal && { signal }),
        onProgress: ({ share }) => onProgress?.(share),
      });
      return triplets.map(({ name, rows, columns, count, values, left, right }) => ({
        name,
        values,
        left: gpuTensor(gpu, left, [count, rows]),
        right: gpuTensor(gpu, right, [count, columns]),
      }));
    },
    product: async (a, b, { a: transposeA = false, b: transposeB = false, signal } = {}) => {
      await Promise.resolve();
      signal?.throwIfAborted();
      const [A, B] = [matrixView(a), matrixView(b)];
      const shape = [transposeA ? A.columns : A.rows, transposeB ? B.rows : B.columns];
      const C = gpu.buffers.createFloats("product", sizeOf(shape));
      const commands = new Commands(gpu);
      matmul(commands, { A, B, C, transposeA, transposeB });
      commands.submit();
      return gpuTensor(gpu, C, shape);
    },
    keepStaircase: (c, keep) => {
      const { buffer, rows, columns } = matrixView(c);
      const boundary = gpu.buffers.upload("kept boundary", keep);
      const kept = gpu.buffers.createFloats("kept coefficients", rows * columns);
      const commands = new Commands(gpu);
      maskStaircase(commands, { C: buffer, boundary, kept }, rows, columns);
      commands.submit();
      gpu.buffers.destroy(boundary);
      return gpuTensor(gpu, kept, c.shape);
    },
    keepRanked: (c, scores, cut) => {
      const { buffer, rows, columns } = matrixView(c);
      const kept = gpu.buffers.createFloats("kept coefficients", rows * columns);
      const commands = new Commands(gpu);
      maskRanked(commands, { C: buffer, scores: bufferOf(scores), kept }, cut, rows, columns);
      commands.submit();
      return gpuTensor(gpu, kept, c.shape);
    },
    squaredResponses: async (x, rows, v, signal) => {
      await Promise.resolve();
      signal?.throwIfAborted();
      const { buffer, columns } = matrixView(x);
      const V = matrixView(v);
      const C = gpu.buffers.createFloats("squared responses", rows * V.rows);
      const A = { buffer, rows, columns };
      const commands = new Commands(gpu);
      matmul(commands, { A, B: V, C, transposeB: true });
      squareInPlace(commands, C, rows, V.rows);
      commands.submit();
      return gpuTensor(gpu, C, [rows, V.rows]);
    },
    crossMean: (name, rows, columns) => gpuCrossMean(gpu, name, rows, columns),
    meanResponse: async (x, { images, perImage, stride }, v, normalized) => {
      const { buffer, columns } = matrixView(x);
      const responses = new DirectionResponses(gpu, matrixView(v), images, normalized);
      const pace = new Pace(gpu);
      const rows = { buffer, rows: images * perImage, columns, rowStride: stride * columns };
      try {
        await responses.add(pace, rows, perImage);
        await pace.drain();
        return await responses.read();
      } finally {
        responses.destroy();
      }
    },
    rowScores: (x, labels, count) => rowScores(gpu, matrixView(x), labels, count),
    weightScores: (w, scores, dropped, velocity) => weightScores(gpu, w, scores, dropped, velocity),
    keepBits: (w, kept) => gpuTensor(gpu, maskByBits(gpu, bufferOf(w), kept, sizeOf(w.shape)), w.shape),
    relativeChanges: async (pairs) => {
      const buffers = pairs.map(([a, b]) => ({ A: bufferOf(b), B: bufferOf(a), count: sizeOf(b.shape) }));
      const norms = await frobeniusNorms(gpu, buffers);
      return norms.map(({ difference, norm }) => (difference === 0 ? 0 : difference / norm));
    },
  };
}
