import type { LinearId } from "../model/types";

/** Spectrum: eigenvalues λ of A and μ of G, both descending; singular values of W; responses of the bands. */
export interface SpectrumSpec {
  /** How eigenvectors are ranked for the band responses: by curvature product λμ over pairs, or by λ alone. */
  readonly bandOrder: "product" | "lambda";
  /** Tokens whose inputs are projected: the class token or all. */
  readonly bandTokens: "all" | "readout";
  /** Divide every input by its norm before projecting. */
  readonly bandNormalized: boolean;
}

export interface LinearSpectrum {
  readonly linear: LinearId;
  /** Eigenvalues of A, descending, clamped at 0; length d_in. */
  readonly lambda: Float32Array;
  /** Eigenvalues of G, descending, clamped at 0; length d_out. */
  readonly mu: Float32Array;
  /** Singular values of W, descending; length min(d_in, d_out). */
  readonly sigma: Float32Array;
}

/** Percentile range of the curvature products, largest first: [0, 0.1] is the top 10 %. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** Mean response ‖Zx‖ = |v·x| of a band over two groups of images, in the units of the activations. */
export interface BandResponse {
  readonly band: Band;
  readonly memorized: number;
  readonly clean: number;
  /** Standard deviation over images of each group. */
  readonly memorizedSpread: number;
  readonly cleanSpread: number;
}

export interface LinearBands {
  readonly linear: LinearId;
  readonly kfac: readonly BandResponse[];
  readonly svd: readonly BandResponse[];
}
