import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { float32 } from "../../tensor/host-tensor";
import { cutByCount, cutByShare, keptMask, type RankedCut, type Scores } from "../../tensor/ranked-elements";
import { staircaseByEnergy } from "../../tensor/staircase";
import type { LinearId } from "../model/types";
import type { KfacBasis } from "../spectrum/types";
import { keptDensity, keptEnergy } from "./density";
import { magnitudes, randomScores, saliencies } from "./scores";
import type { EditSpec, EditSummary, KeptDensity } from "./types";

/** Edits whose kept set is no staircase: other rankings of the pairs, and controls. */

export interface RankedEdit {
  readonly weights: DeviceTensor;
  readonly summary: Omit<EditSummary, "relativeChange">;
  /** Undefined where no pairs of eigenvectors are kept. */
  readonly density?: KeptDensity;
}

type KfacEdit = Extract<EditSpec, { method: "kfac" }>;
type ControlEdit = Extract<EditSpec, { method: "control" }>;

/** K-FAC by another ranking than λμ: the pairs of the largest values that hold the energy's share of their sum. */
export async function editByRanking(
  backend: Backend,
  basis: KfacBasis,
  corrected: DeviceTensor | undefined,
  edit: KfacEdit,
  signal: AbortSignal | undefined,
): Promise<RankedEdit> {
  const { linear, lambda, mu, coefficients } = basis;
  const shape = { rows: linear.outputs, columns: linear.inputs };
  if (edit.ranking === "ekfac" && !corrected)
    throw new RangeError(`edit: the corrected curvature of ${linear.id} has not been computed`);
  const values =
    edit.ranking === "ekfac" && corrected
      ? await backend.download(corrected)
      : saliencies(lambda, mu, await backend.download(coefficients));
  const scores = { values, ...shape };
  const cut = cutByShare(scores, edit.energies?.[linear.id] ?? edit.energy);
  const kept = edit.selection === "pairs" ? { scores, cut } : boxed(scores, cut);
  return editPairs(backend, basis, kept.scores, kept.cut, signal);
}

/** As many numbers kept as K-FAC pairs keeps at the energy, by another choice. */
export async function editControl(
  backend: Backend,
  basis: KfacBasis,
  weights: DeviceTensor,
  edit: ControlEdit,
  signal: AbortSignal | undefined,
): Promise<RankedEdit> {
  const { linear, lambda, mu, coefficients } = basis;
  const { outputs: rows, inputs: columns } = linear;
  const { pairs } = staircaseByEnergy(lambda, mu, edit.energies?.[linear.id] ?? edit.energy);
  if (edit.control === "magnitude") {
    const scores = { values: magnitudes(await backend.download(weights)), rows, columns };
    const cut = cutByCount(scores, pairs);
    return {
      weights: masked(backend, weights, scores, cut),
      summary: { linear: linear.id, ...countsOf(scores, cut) },
    };
  }
  const values =
    edit.control === "random-pairs"
      ? randomScores(edit.seed, linear.id, rows, columns)
      : magnitudes(await backend.download(coefficients));
  const scores = { values, rows, columns };
  return editPairs(backend, basis, scores, cutByCount(scores, pairs), signal);
}

/** The linears whose corrected curvature an edit goes by. */
export function correctedLinears(edit: EditSpec): readonly LinearId[] {
  return edit.method === "kfac" && edit.ranking === "ekfac" ? edit.linears : [];
}

/** The projection keeps every pair of an input and an output direction that both occur in a kept pair. */
function boxed(scores: Scores, cut: RankedCut): { readonly scores: Scores; readonly cut: RankedCut } {
  const { rows, columns } = scores;
  const mask = keptMask(scores, cut);
  const inColumn = new Uint8Array(columns);
  const inRow = new Uint8Array(rows);
  for (const [at, one] of mask.entries()) {
    if (one === 0) continue;
    inColumn[at % columns] = 1;
    inRow[Math.floor(at / columns)] = 1;
  }
  const values = Float32Array.from(mask, (_, at) =>
    inColumn[at % columns] === 1 && inRow[Math.floor(at / columns)] === 1 ? 1 : 0,
  );
  const box = { values, rows, columns };
  return { scores: box, cut: cutByCount(box, cut.keptColumns * cut.keptRows) };
}

/** Ŵ = U_Gᵀ (M∘C) U_A with eigenvectors as rows. */
async function editPairs(
  backend: Backend,
  { linear, lambda, mu, UA, UG, coefficients }: KfacBasis,
  scores: Scores,
  cut: RankedCut,
  signal: AbortSignal | undefined,
): Promise<RankedEdit> {
  const algebra = backend.linearAlgebra;
  const mask = keptMask(scores, cut);
  const kept = masked(backend, coefficients, scores, cut);
  let half: DeviceTensor | undefined;
  try {
    half = await algebra.product(UG, kept, { a: true, signal });
    const weights = await algebra.product(half, UA, { signal });
    return {
      weights,
      summary: {
        linear: linear.id,
        ...countsOf(scores, cut),
        keptEnergy: keptEnergy(mask, lambda, mu),
      },
      density: keptDensity(mask, scores.rows, scores.columns),
    };
  } finally {
    kept.release();
    half?.release();
  }
}

function masked(backend: Backend, values: DeviceTensor, scores: Scores, cut: RankedCut): DeviceTensor {
  const ranked = backend.upload(float32([scores.rows, scores.columns], scores.values));
  try {
    return backend.linearAlgebra.keepRanked(values, ranked, cut);
  } finally {
    ranked.release();
  }
}

function countsOf(
  { rows, columns }: Scores,
  { kept, keptColumns, keptRows }: RankedCut,
): Pick<EditSummary, "kept" | "total" | "keptInputs" | "keptOutputs"> {
  return { kept, total: rows * columns, keptInputs: keptColumns, keptOutputs: keptRows };
}
