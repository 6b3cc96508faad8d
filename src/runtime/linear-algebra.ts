import type { RankedCut } from "../tensor/ranked-elements";
import type { RowScores } from "../tensor/reference/row-scores";
import type { ScoreStep } from "../tensor/reference/weight-scores";
import type { DeviceTensor } from "./device-tensor";

/** Scores of a matrix's weights while a mask is learned, kept on the device (paper, section 2.1.1). */
export interface WeightScores {
  /** M∘W: W with the entries of the smallest |score| at zero. Written anew whenever the scores move. */
  readonly masked: DeviceTensor;
  /** One step down the gradient ∂L/∂Ŵ of the masked weights; nothing is read back. */
  step(gradient: DeviceTensor, how: ScoreStep): void;
  read(): Promise<Float32Array<ArrayBuffer>>;
  /** What the momentum goes on with: with `read` all that the next steps depend on. */
  readVelocity(): Promise<Float32Array<ArrayBuffer>>;
  release(): void;
}

export interface NamedMatrix {
  readonly name: string;
  readonly matrix: DeviceTensor;
}

export interface Eigen {
  readonly name: string;
  /** Descending, clamped at 0. */
  readonly values: Float32Array<ArrayBuffer>;
  /** [n, n]; eigenvectors are rows, in the order of the values. */
  readonly vectors: DeviceTensor;
}

export interface Singular {
  readonly name: string;
  /** Descending, min(m, n) of them. */
  readonly values: Float32Array<ArrayBuffer>;
  /** [min(m, n), m]; left singular vectors are rows. */
  readonly left: DeviceTensor;
  /** [min(m, n), n]; right singular vectors are rows. */
  readonly right: DeviceTensor;
}

export interface LongWork {
  readonly signal?: AbortSignal | undefined;
  /** Share of the work done, 0..1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export interface ProductOptions {
  /** Transpose A. */
  readonly a?: boolean;
  /** Transpose B. */
  readonly b?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Running mean of x yᵀ over pairs of rows, kept on the device. */
export interface CrossMean {
  /** Pairs added so far. */
  readonly count: number;
  /** Adds row k of X [n, rows] with row k of Y [n, columns] for every k; nothing is read back. */
  add(x: DeviceTensor, y: DeviceTensor, signal?: AbortSignal): Promise<void>;
  /** A copy of the mean of x yᵀ so far, [rows, columns]; the caller releases it. */
  mean(): DeviceTensor;
  release(): void;
}

/** What the method needs of matrices, on whatever device the model runs. Results belong to the caller. */
export interface LinearAlgebra {
  /** @throws an error naming the matrix if it is not finite or not positive semidefinite. */
  eigh(matrices: readonly NamedMatrix[], work: LongWork): Promise<readonly Eigen[]>;
  svd(matrices: readonly NamedMatrix[], work: LongWork): Promise<readonly Singular[]>;
  /** op(A)·op(B) for matrices. */
  product(a: DeviceTensor, b: DeviceTensor, how?: ProductOptions): Promise<DeviceTensor>;
  /** A copy of C [rows, columns] that keeps element (j, i) where j < keep[i] and is 0 elsewhere. */
  keepStaircase(c: DeviceTensor, keep: Uint32Array<ArrayBuffer>): DeviceTensor;
  /** A copy of C [rows, columns] that keeps the elements whose scores, of the same shape, rank within the cut. */
  keepRanked(c: DeviceTensor, scores: DeviceTensor, cut: RankedCut): DeviceTensor;
  /** (v·x)² of the first `rows` rows x along every row v of V: [rows, directions]; nothing is read back. */
  squaredResponses(
    x: DeviceTensor,
    rows: number,
    v: DeviceTensor,
    signal?: AbortSignal,
  ): Promise<DeviceTensor>;
  crossMean(name: string, rows: number, columns: number): CrossMean;
  /**
   * Mean over an image's rows of |v·x| for every row v of V: [images, directions]. Image k owns the rows
   * first + (k·perImage .. k·perImage + perImage − 1)·stride of x; `normalized` divides each x by its norm.
   */
  meanResponse(
    x: DeviceTensor,
    rows: { readonly images: number; readonly perImage: number; readonly stride: number },
    v: DeviceTensor,
    normalized: boolean,
  ): Promise<Float32Array<ArrayBuffer>>;
  /**
   * Log-softmax of the first rows of X at their labels, one per row, and the columns of their `count` largest entries.
   * Entries that are not finite give log-probabilities that are no numbers.
   */
  rowScores(x: DeviceTensor, labels: Uint32Array<ArrayBuffer>, count: number): Promise<RowScores>;
  /**
   * Scores, at rest unless they have a velocity, of which the `dropped` smallest are masked; equal ones go in the order
   * of their index.
   */
  weightScores(
    w: DeviceTensor,
    scores: Float32Array<ArrayBuffer>,
    dropped: number,
    velocity?: Float32Array<ArrayBuffer>,
  ): WeightScores;
  /** A copy of W that keeps entry k where bit k mod 32 of word k div 32 is set and is 0 elsewhere. */
  keepBits(w: DeviceTensor, kept: Uint32Array<ArrayBuffer>): DeviceTensor;
  /** ‖A−B‖ / ‖B‖ in the Frobenius norm for each pair A, B. */
  relativeChanges(pairs: readonly (readonly [a: DeviceTensor, b: DeviceTensor])[]): Promise<number[]>;
}
