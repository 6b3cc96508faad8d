import { MatrixError } from "../gpu/linalg/matrix-error";
import { eighSteps } from "../tensor/reference/eigh";
import { ConvergenceError } from "../tensor/reference/implicit-ql";
import { matmul } from "../tensor/reference/matmul";
import { relativeChange } from "../tensor/reference/norms";
import { rowScores } from "../tensor/reference/row-scores";
import { clampSpectrum } from "../tensor/reference/semidefinite";
import { asPart, runInSlices, type Steps } from "../tensor/reference/steps";
import { svdSteps } from "../tensor/reference/svd";
import { maskByBits } from "../tensor/reference/weight-scores";
import type { HostTensor } from "../tensor/host-tensor";
import { float32 } from "../tensor/host-tensor";
import { keptMask } from "../tensor/ranked-elements";
import { cpuCrossMean, cpuSquaredResponses } from "./cpu-cross-mean";
import type { CpuProducts } from "./cpu-products";
import { cpuWeightScores } from "./cpu-weight-scores";
import { hostFloats, type DeviceTensor } from "./device-tensor";
import type { Eigen, LinearAlgebra, LongWork, NamedMatrix, ProductOptions, Singular } from "./linear-algebra";

type Upload = (tensor: HostTensor) => DeviceTensor;

function sizes(tensor: DeviceTensor): readonly [rows: number, columns: number] {
  const [rows, columns] = tensor.shape;
  if (rows === undefined || columns === undefined || tensor.shape.length !== 2) {
    throw new RangeError(`expected a matrix, got a tensor of rank ${tensor.shape.length}`);
  }
  return [rows, columns];
}

/** Refuses what is not finite, and lets errors of the decomposition carry the name of its matrix. */
function* named<T>({ name, matrix }: NamedMatrix, steps: () => Steps<T>): Steps<T> {
  if (!hostFloats(matrix).every(Number.isFinite)) throw new MatrixError(name, "not-finite");
  try {
    return yield* steps();
  } catch (error) {
    if (error instanceof MatrixError) throw error;
    if (error instanceof ConvergenceError) throw new MatrixError(name, "not-converged", error.message);
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Runs one job per matrix, one after the other, in slices that let messages in. */
async function each<T>(
  matrices: readonly NamedMatrix[],
  { signal, onProgress }: LongWork,
  steps: (matrix: NamedMatrix) => Steps<T>,
): Promise<T[]> {
  function* all(): Steps<T[]> {
    const results: T[] = [];
    for (const [i, matrix] of matrices.entries()) {
      const work = named(matrix, () => steps(matrix));
      results.push(yield* asPart(work, i / matrices.length, (i + 1) / matrices.length));
    }
    return results;
  }
  return runInSlices(all(), { ...(signal && { signal }), ...(onProgress && { onProgress }) });
}

function* eigenSteps(upload: Upload, { name, matrix }: NamedMatrix): Steps<Eigen> {
  const [size] = sizes(matrix);
  const { values, vectors } = yield* eighSteps(hostFloats(matrix), size);
  const spectrum = clampSpectrum(values);
  if (!spectrum.semidefinite) {
    const detail = `smallest eigenvalue ${spectrum.smallest.toExponential(2)}`;
    throw new MatrixError(name, "not-positive-semidefinite", detail);
  }
  return {
    name,
    values: spectrum.values,
    vectors: upload(float32([size, size], Float32Array.from(vectors))),
  };
}

function* singularSteps(upload: Upload, { name, matrix }: NamedMatrix): Steps<Singular> {
  const [rows, columns] = sizes(matrix);
  const { values, left, right } = yield* svdSteps(hostFloats(matrix), rows, columns);
  return {
    name,
    values: Float32Array.from(values),
    left: upload(float32([values.length, rows], Float32Array.from(left))),
    right: upload(float32([values.length, columns], Float32Array.from(right))),
  };
}

async function product(
  products: CpuProducts,
  a: DeviceTensor,
  b: DeviceTensor,
  { a: transposeA = false, b: transposeB = false, signal }: ProductOptions = {},
): Promise<DeviceTensor> {
  const [aRows, aColumns] = sizes(a);
  const [bRows, bColumns] = sizes(b);
  const [rows, inner] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [depth, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  if (inner !== depth) {
    throw new RangeError(`product: expected equal inner sizes, got ${rows}×${inner} and ${depth}×${columns}`);
  }
  signal?.throwIfAborted();
  return products.product(a, b, { a: transposeA, b: transposeB }, signal);
}

function meanResponse(
  x: DeviceTensor,
  {
    images,
    perImage,
    stride,
  }: { readonly images: number; readonly perImage: number; readonly stride: number },
  v: DeviceTensor,
  normalized: boolean,
): Float32Array<ArrayBuffer> {
  const [, size] = sizes(x);
  const [directions] = sizes(v);
  const all = hostFloats(x);
  const rows = new Float32Array(images * perImage * size);
  const norms = new Float64Array(images * perImage);
  for (let row = 0; row < images * perImage; row++) {
    const from = row * stride * size;
    rows.set(all.subarray(from, from + size), row * size);
    let square = 0;
    for (let k = 0; k < size; k++) square += (all[from + k] ?? 0) ** 2;
    norms[row] = Math.sqrt(square);
  }
  const shape = { rows: images * perImage, inner: size, columns: directions, transposeB: true };
  const projected = matmul(rows, hostFloats(v), shape, new Float32Array(shape.rows * directions));
  const means = new Float32Array(images * directions);
  for (let row = 0; row < shape.rows; row++) {
    const norm = norms[row] ?? 0;
    const weight = (normalized ? (norm > 0 ? 1 / norm : 0) : 1) / perImage;
    const image = Math.floor(row / perImage);
    for (let d = 0; d < directions; d++) {
      const to = image * directions + d;
      means[to] = (means[to] ?? 0) + weight * Math.abs(projected[row * directions + d] ?? 0);
    }
  }
  return means;
}

/**
 * The lab's linear algebra without a GPU: decompositions in float64, products by onnxruntime. `upload` makes tensors of
 * the backend it serves.
 */
export function cpuLinearAlgebra(upload: Upload, products: CpuProducts): LinearAlgebra {
  return {
    eigh: (matrices, work) => each(matrices, work, (matrix) => eigenSteps(upload, matrix)),
    svd: (matrices, work) => each(matrices, work, (matrix) => singularSteps(upload, matrix)),
    product: (a, b, how) => product(products, a, b, how),
    keepStaircase: (c, keep) => {
      const [, columns] = sizes(c);
      const kept = hostFloats(c).map((value, k) =>
        Math.floor(k / columns) < (keep[k % columns] ?? 0) ? value : 0,
      );
      return upload(float32(c.shape, kept));
    },
    keepRanked: (c, scores, cut) => {
      const [rows, columns] = sizes(c);
      const mask = keptMask({ values: hostFloats(scores), rows, columns }, cut);
      return upload(
        float32(
          c.shape,
          hostFloats(c).map((value, k) => (mask[k] === 1 ? value : 0)),
        ),
      );
    },
    squaredResponses: (x, rows, v, signal) => cpuSquaredResponses(upload, products, x, rows, v, signal),
    crossMean: (name, rows, columns) => cpuCrossMean(upload, products, name, rows, columns),
    meanResponse: (x, rows, v, normalized) => Promise.resolve(meanResponse(x, rows, v, normalized)),
    rowScores: (x, labels, count) => Promise.resolve(rowScores(hostFloats(x), sizes(x)[1], labels, count)),
    weightScores: (w, scores, dropped, velocity) => cpuWeightScores(upload, w, scores, dropped, velocity),
    keepBits: (w, kept) => {
      const weights = hostFloats(w);
      const masked = new Float32Array(weights.length);
      maskByBits(weights, kept, masked);
      return upload(float32(w.shape, masked));
    },
    relativeChanges: (pairs) =>
      Promise.resolve(pairs.map(([a, b]) => relativeChange(hostFloats(a), hostFloats(b)))),
  };
}
