import type { Backend } from "../../../runtime/backend";
import type { LinearId, LoadedModel } from "../../../stages/model/types";
import type { KfacBasis, Spectrum } from "../../../stages/spectrum/types";
import { float32 } from "../../../tensor/host-tensor";

/** Unit vectors as eigenvectors with eigenvalues i⁻¹: no decomposition first, and the products are as long. */
export function unitSpectrum(backend: Backend, model: LoadedModel, ids: readonly LinearId[]): Spectrum {
  const identity = (size: number) =>
    backend.upload(
      float32(
        [size, size],
        Float32Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0)),
      ),
    );
  const decaying = (size: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: size }, (_, i) => 1 / (i + 1));
  const kfac = new Map<LinearId, KfacBasis>();
  for (const linear of model.summary.linears.filter(({ id }) => ids.includes(id))) {
    const coefficients = model.parameters.get(linear.id);
    if (!coefficients) throw new Error(`bench: the model has no linear ${linear.id}`);
    kfac.set(linear.id, {
      linear,
      lambda: decaying(linear.inputs),
      mu: decaying(linear.outputs),
      UA: identity(linear.inputs),
      UG: identity(linear.outputs),
      coefficients,
    });
  }
  return { kfac, singular: new Map() };
}

export function releaseUnitSpectrum({ kfac }: Spectrum): void {
  for (const { UA, UG } of kfac.values()) {
    UA.release();
    UG.release();
  }
}
