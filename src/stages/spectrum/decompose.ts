import type { Backend } from "../../runtime/backend";
import type { CovarianceSum } from "../../runtime/covariance-sums";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { Eigen, LinearAlgebra, NamedMatrix } from "../../runtime/linear-algebra";
import type { Linear, LinearId, Tapped } from "../model/types";
import type { StageContext } from "../progress";
import type { KfacBasis, LinearSpectrum, SingularBasis, Spectrum } from "./types";

/** Sums of A and G of one linear. */
export interface FactorPair {
  readonly linear: Linear;
  readonly A: CovarianceSum;
  readonly G: CovarianceSum;
}

function found(values: ReadonlyMap<string, Eigen>, name: string): Eigen {
  const value = values.get(name);
  if (!value) throw new Error(`spectrum: no decomposition of ${name}`);
  return value;
}

function weightsOf(model: Tapped, id: LinearId): DeviceTensor {
  const weights = model.parameters.get(id);
  if (!weights) throw new Error(`spectrum: the model has no parameter ${id}`);
  return weights;
}

/** Eigendecomposes the factors of every linear and expresses its weights in the eigenbasis. */
export async function decomposeFactors(
  backend: Backend,
  model: Tapped,
  factors: readonly FactorPair[],
  context: StageContext,
): Promise<Map<LinearId, KfacBasis>> {
  const algebra = backend.linearAlgebra;
  const { signal } = context;
  /** Linears that read the same inputs share their A, which is decomposed once. */
  const names = new Map<CovarianceSum, string>();
  for (const { A, G, linear } of factors) {
    if (!names.has(A)) names.set(A, `A of ${linear.id}`);
    names.set(G, `G of ${linear.id}`);
  }
  const means = [...names].map(([sum, name]): NamedMatrix => ({ name, matrix: sum.mean() }));
  try {
    const decomposed = await algebra.eigh(means, {
      signal,
      onProgress: (share) => {
        context.onProgress(Math.round(share * 1000) / 10, 100, "% of the eigendecomposition");
      },
    });
    const byName = new Map(decomposed.map((eigen) => [eigen.name, eigen]));
    const bases = new Map<LinearId, KfacBasis>();
    try {
      for (const { linear, A, G } of factors) {
        const a = found(byName, names.get(A) ?? "");
        const g = found(byName, names.get(G) ?? "");
        const coefficients = await inEigenbasis(
          algebra,
          g.vectors,
          weightsOf(model, linear.id),
          a.vectors,
          signal,
        );
        const basis = { linear, lambda: a.values, mu: g.values, UA: a.vectors, UG: g.vectors, coefficients };
        bases.set(linear.id, basis);
      }
      return bases;
    } catch (error) {
      for (const { vectors } of decomposed) vectors.release();
      for (const { coefficients } of bases.values()) coefficients.release();
      throw error;
    }
  } finally {
    for (const { matrix } of means) matrix.release();
  }
}

/** C = U_G W U_Aᵀ, with eigenvectors as rows. */
async function inEigenbasis(
  algebra: LinearAlgebra,
  UG: DeviceTensor,
  W: DeviceTensor,
  UA: DeviceTensor,
  signal: AbortSignal,
): Promise<DeviceTensor> {
  const half = await algebra.product(UG, W, { signal });
  try {
    return await algebra.product(half, UA, { b: true, signal });
  } finally {
    half.release();
  }
}

/** Singular value decomposition of the weights of every linear. */
export async function decomposeWeights(
  backend: Backend,
  model: Tapped,
  linears: readonly Linear[],
  context: StageContext,
): Promise<Map<LinearId, SingularBasis>> {
  const algebra = backend.linearAlgebra;
  const { signal } = context;
  const named = linears.map(({ id }) => ({ name: id, matrix: weightsOf(model, id) }));
  const decomposed = await algebra.svd(named, {
    signal,
    onProgress: (share) => {
      context.onProgress(Math.round(share * 1000) / 10, 100, "% of the singular value decomposition");
    },
  });
  const bases = new Map<LinearId, SingularBasis>();
  try {
    for (const [i, { name, values, right }] of decomposed.entries()) {
      const linear = linears[i];
      if (linear?.id !== name) throw new Error(`spectrum: lost the singular values of ${name}`);
      const coefficients = await algebra.product(weightsOf(model, name), right, { b: true, signal });
      bases.set(name, { linear, sigma: values, right, coefficients });
    }
    return bases;
  } catch (error) {
    for (const { right } of decomposed) right.release();
    for (const { coefficients } of bases.values()) coefficients.release();
    throw error;
  } finally {
    for (const { left } of decomposed) left.release();
  }
}

export function linearSpectra({ kfac, singular }: Spectrum): LinearSpectrum[] {
  return [...kfac.values()].map(({ linear, lambda, mu }) => ({
    linear: linear.id,
    lambda,
    mu,
    sigma: singular.get(linear.id)?.sigma ?? new Float32Array(0),
  }));
}

export function releaseSpectrum({ kfac, singular }: Spectrum): void {
  const tensors = [...kfac.values()].flatMap(({ UA, UG, coefficients }) => [UA, UG, coefficients]);
  for (const tensor of new Set(tensors)) tensor.release();
  for (const { right, coefficients } of singular.values()) {
    for (const tensor of [right, coefficients]) tensor.release();
  }
}
