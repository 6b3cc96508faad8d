import type { DeviceTensor } from "../../runtime/device-tensor";
import type { Linear, LinearId } from "../model/types";

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

/** How many samples of each group band responses are means over. */
export interface BandSamples {
  readonly memorized: number;
  readonly clean: number;
}

/** The K-FAC eigenbasis of one linear and its weights in it. */
export interface KfacBasis {
  readonly linear: Linear;
  /** Eigenvalues of A, descending. */
  readonly lambda: Float32Array<ArrayBuffer>;
  /** Eigenvalues of G, descending. */
  readonly mu: Float32Array<ArrayBuffer>;
  /** Eigenvectors of A as rows, [d_in, d_in]. */
  readonly UA: DeviceTensor;
  /** Eigenvectors of G as rows, [d_out, d_out]. */
  readonly UG: DeviceTensor;
  /** C = U_G W U_Aᵀ, [d_out, d_in]: element (j, i) belongs to the product λᵢμⱼ. */
  readonly coefficients: DeviceTensor;
}

/** The singular basis of one linear's weights. */
export interface SingularBasis {
  readonly linear: Linear;
  /** Descending; min(d_out, d_in) of them. */
  readonly sigma: Float32Array<ArrayBuffer>;
  /** Right singular vectors as rows, [min, d_in]. */
  readonly right: DeviceTensor;
  /** W·Vᵀ, [d_out, min]: column k is σₖuₖ. */
  readonly coefficients: DeviceTensor;
}

export interface Spectrum {
  readonly kfac: ReadonlyMap<LinearId, KfacBasis>;
  readonly singular: ReadonlyMap<LinearId, SingularBasis>;
  /** Corrected curvature E[(uⱼ·g)²(vᵢ·a)²] of the pairs, [d_out, d_in], where an edit asked for it. */
  readonly corrected?: ReadonlyMap<LinearId, DeviceTensor>;
}

/** The band that tells memorized from clean samples best, and how well. */
export interface Disentanglement {
  /** |log2(memorized / clean)|: 0 for no difference, 1 for twice or half; signed where one side alone is asked for. */
  readonly size: number;
  readonly ratio: number;
  readonly linear: LinearId;
  /** Label of the band. */
  readonly band: string;
}
