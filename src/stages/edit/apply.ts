import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { staircaseByEnergy } from "../../tensor/staircase";
import type { LinearId, LoadedModel } from "../model/types";
import type { KfacBasis, SingularBasis, Spectrum } from "../spectrum/types";
import { editBySubnet, type Subnet } from "./balanced-subnet";
import { keptRegion } from "./kfac";
import { editByRanking, editControl } from "./ranked";
import { truncationRank } from "./svd";
import type { EditSpec, EditSummary, KeptDensity } from "./types";

/** Edited weights Ŵ by linear, and what was kept. The originals are untouched: an edit is undone by leaving it out. */
export interface EditedWeights {
  readonly weights: ReadonlyMap<LinearId, DeviceTensor>;
  readonly summaries: readonly EditSummary[];
  /** Kept boundary J(i) of each linear under K-FAC: pairs (i, j < J(i)) are kept. */
  readonly staircases: Readonly<Record<LinearId, Uint32Array<ArrayBuffer>>>;
  /** Where the pairs lie that are kept, of each linear that keeps pairs but no staircase of them. */
  readonly densities: Readonly<Record<LinearId, KeptDensity>>;
  release(): void;
}

interface EditedLinear {
  readonly weights: DeviceTensor;
  readonly summary: Omit<EditSummary, "relativeChange">;
  readonly staircase?: Uint32Array<ArrayBuffer>;
  readonly density?: KeptDensity;
}

/** Pairs: Ŵ = U_Gᵀ (M∘C) U_A with eigenvectors as rows. Projection: M is the box that holds every kept pair. */
async function editKfac(
  backend: Backend,
  basis: KfacBasis,
  edit: Extract<EditSpec, { method: "kfac" }>,
  signal: AbortSignal | undefined,
): Promise<EditedLinear> {
  const { linear, lambda, mu, UA, UG, coefficients } = basis;
  const chosen = staircaseByEnergy(lambda, mu, edit.energies?.[linear.id] ?? edit.energy);
  const { boundary, ...kept } = keptRegion(chosen, edit.selection, linear.outputs);
  const algebra = backend.linearAlgebra;
  const masked = algebra.keepStaircase(coefficients, boundary);
  let half: DeviceTensor | undefined;
  try {
    half = await algebra.product(UG, masked, { a: true, signal });
    const weights = await algebra.product(half, UA, { signal });
    return { weights, staircase: boundary, summary: { linear: linear.id, ...kept } };
  } finally {
    masked.release();
    half?.release();
  }
}

/** Ŵ = Σ σₖuₖvₖᵀ over the largest singular values. */
async function editSvd(
  backend: Backend,
  basis: SingularBasis,
  keepShare: number,
  signal: AbortSignal | undefined,
): Promise<EditedLinear> {
  const { linear, sigma, right, coefficients } = basis;
  const rank = truncationRank(keepShare, sigma.length);
  const algebra = backend.linearAlgebra;
  const keep = Uint32Array.from(sigma, (_, k) => (k < rank ? linear.outputs : 0));
  const masked = algebra.keepStaircase(coefficients, keep);
  try {
    return {
      weights: await algebra.product(masked, right, { signal }),
      summary: {
        linear: linear.id,
        kept: rank,
        total: sigma.length,
        keptInputs: rank,
        keptOutputs: rank,
      },
    };
  } finally {
    masked.release();
  }
}

function basisOf<T>(bases: ReadonlyMap<LinearId, T>, id: LinearId): T {
  const basis = bases.get(id);
  if (!basis) throw new RangeError(`edit: ${id} has not been decomposed; add it to the factors`);
  return basis;
}

interface Source {
  readonly id: LinearId;
  readonly original: DeviceTensor;
  readonly spectrum: Spectrum;
  readonly subnet: Subnet | undefined;
}

async function editLinear(
  backend: Backend,
  { id, original, spectrum, subnet }: Source,
  edit: EditSpec,
  signal: AbortSignal | undefined,
): Promise<EditedLinear> {
  switch (edit.method) {
    case "none":
      throw new RangeError("edit: the unedited model has no edited linears");
    case "kfac": {
      const basis = basisOf(spectrum.kfac, id);
      return (edit.ranking ?? "product") === "product"
        ? editKfac(backend, basis, edit, signal)
        : editByRanking(backend, basis, spectrum.corrected?.get(id), edit, signal);
    }
    case "control":
      return editControl(backend, basisOf(spectrum.kfac, id), original, edit, signal);
    case "svd":
      return editSvd(backend, basisOf(spectrum.singular, id), edit.keep, signal);
    case "balanced-subnet":
      return editBySubnet(backend, original, subnet, id);
  }
}

/** Computes the edited weights of every linear an edit names (paper, section 4); BalancedSubnet needs its masks. */
export async function applyEdit(
  backend: Backend,
  model: Pick<LoadedModel, "parameters">,
  spectrum: Spectrum,
  edit: EditSpec,
  signal?: AbortSignal,
  subnet?: Subnet,
): Promise<EditedWeights> {
  const weights = new Map<LinearId, DeviceTensor>();
  const summaries: EditedLinear["summary"][] = [];
  const changes: [edited: DeviceTensor, original: DeviceTensor][] = [];
  const staircases: Record<LinearId, Uint32Array<ArrayBuffer>> = {};
  const densities: Record<LinearId, KeptDensity> = {};
  const release = (): void => {
    for (const tensor of weights.values()) tensor.release();
  };
  try {
    for (const id of edit.method === "none" ? [] : edit.linears) {
      const original = model.parameters.get(id);
      if (!original) throw new RangeError(`edit: the model has no linear ${id}`);
      const edited = await editLinear(backend, { id, original, spectrum, subnet }, edit, signal);
      weights.set(id, edited.weights);
      if (edited.density) densities[id] = edited.density;
      if (edited.staircase) staircases[id] = edited.staircase;
      summaries.push(edited.summary);
      changes.push([edited.weights, original]);
    }
    const relative = await backend.linearAlgebra.relativeChanges(changes);
    const changed = summaries.map((summary, i) => ({ ...summary, relativeChange: relative[i] ?? 0 }));
    return { weights, summaries: changed, staircases, densities, release };
  } catch (error) {
    release();
    throw error;
  }
}
