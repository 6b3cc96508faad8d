import type { Staircase } from "../../tensor/staircase";
import type { EditSpec, EditSummary } from "./types";

type Selection = Extract<EditSpec, { method: "kfac" }>["selection"];

/** Which coefficients C[j, i] an edit keeps. */
export interface KeptRegion extends Pick<EditSummary, "kept" | "total" | "keptInputs" | "keptOutputs"> {
  /** Of column i the rows j < boundary[i]. */
  readonly boundary: Uint32Array<ArrayBuffer>;
}

/**
 * `pairs` keeps the pairs of the staircase: Ŵ = U_Gᵀ (M∘C) U_A with eigenvectors as rows.
 * `projection` keeps every pair of a direction of A and one of G that both occur in the staircase: since kept
 * directions come first in their spectra, that is the rectangle around it, and Ŵ = P_G W P_A (paper, section 4).
 */
export function keptRegion(
  { keep, pairs, keptInputs, keptOutputs }: Staircase,
  selection: Selection,
  outputs: number,
): KeptRegion {
  const total = keep.length * outputs;
  if (selection === "pairs") return { boundary: keep, kept: pairs, total, keptInputs, keptOutputs };
  const boundary = keep.map((_, i) => (i < keptInputs ? keptOutputs : 0));
  return { boundary, kept: keptInputs * keptOutputs, total, keptInputs, keptOutputs };
}
