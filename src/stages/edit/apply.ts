import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { staircaseByEnergy } from "../../tensor/staircase";
import type { LinearId, LoadedModel } from "../model/types";
import type { KfacBasis, SingularBasis, Spectrum } from "../spectrum/types";
import { keptRegion } from "./kfac";
import { truncationRank } from "./svd";
import type { EditSpec, EditSummary } from "./types";

/** Edited weights Ŵ by linear, and what was kept. The originals are untouched: an edit is undone by leaving it out. */
export interface EditedWeights {
  readonly weights: ReadonlyMap<LinearId, DeviceTensor>;
  readonly summaries: readonly EditSummary[];
  /** Kept boundary J(i) of each linear under K-FAC: pairs (i, j < J(i)) are kept. */
  readonly staircases: Readonly<Record<LinearId, Uint32Array<ArrayBuffer>>>;
  release(): void;
}

interface EditedLinear {
  readonly weights: DeviceTensor;
  readonly summary: Omit<EditSummary, "relativeChange">;
  readonly staircase?: Uint32Array<ArrayBuffer>;
}

/** Pairs: Ŵ = U_Gᵀ (M∘C) U_A with eigenvectors as rows. Projection: M is the box that holds every kept pair. */
function editKfac(
  backend: Backend,
  basis: KfacBasis,
  edit: Extract<EditSpec, { method: "kfac" }>,
): EditedLinear {
  const { linear, lambda, mu, UA, UG, coefficients } = basis;
  const chosen = staircaseByEnergy(lambda, mu, edit.energies?.[linear.id] ?? edit.energy);
  const { boundary, ...kept } = keptRegion(chosen, edit.selection, linear.outputs);
  const algebra = backend.linearAlgebra;
  const masked = algebra.keepStaircase(coefficients, boundary);
  const half = algebra.product(UG, masked, { a: true });
  const weights = algebra.product(half, UA);
  masked.release();
  half.release();
  return { weights, staircase: boundary, summary: { linear: linear.id, ...kept } };
}

/** Ŵ = Σ σₖuₖvₖᵀ over the largest singular values. */
function editSvd(backend: Backend, basis: SingularBasis, keepShare: number): EditedLinear {
  const { linear, sigma, right, coefficients } = basis;
  const rank = truncationRank(keepShare, sigma.length);
  const algebra = backend.linearAlgebra;
  const keep = Uint32Array.from(sigma, (_, k) => (k < rank ? linear.outputs : 0));
  const masked = algebra.keepStaircase(coefficients, keep);
  const weights = algebra.product(masked, right);
  masked.release();
  return {
    weights,
    summary: {
      linear: linear.id,
      kept: rank,
      total: sigma.length,
      keptInputs: rank,
      keptOutputs: rank,
    },
  };
}

function basisOf<T>(bases: ReadonlyMap<LinearId, T>, id: LinearId): T {
  const basis = bases.get(id);
  if (!basis) throw new RangeError(`edit: ${id} has not been decomposed; add it to the factors`);
  return basis;
}

/** Computes the edited weights of every linear an edit names (paper, section 4). */
export async function applyEdit(
  backend: Backend,
  model: Pick<LoadedModel, "parameters">,
  spectrum: Spectrum,
  edit: EditSpec,
): Promise<EditedWeights> {
  const weights = new Map<LinearId, DeviceTensor>();
  const summaries: EditSummary[] = [];
  const staircases: Record<LinearId, Uint32Array<ArrayBuffer>> = {};
  const release = (): void => {
    for (const tensor of weights.values()) tensor.release();
  };
  try {
    for (const id of edit.method === "none" ? [] : edit.linears) {
      const edited =
        edit.method === "kfac"
          ? editKfac(backend, basisOf(spectrum.kfac, id), edit)
          : edit.method === "svd"
            ? editSvd(backend, basisOf(spectrum.singular, id), edit.keep)
            : undefined;
      const original = model.parameters.get(id);
      if (!edited || !original) throw new RangeError(`edit: the model has no linear ${id}`);
      weights.set(id, edited.weights);
      if (edited.staircase) staircases[id] = edited.staircase;
      const relativeChange = await backend.linearAlgebra.relativeChange(edited.weights, original);
      summaries.push({ ...edited.summary, relativeChange });
    }
    return { weights, summaries, staircases, release };
  } catch (error) {
    release();
    throw error;
  }
}
