import type { LinearId } from "../model/types";

/** Edit: which part of W is kept. Every edit starts from the original weights. */
export type EditSpec =
  | { readonly method: "none" }
  | {
      readonly method: "kfac";
      readonly linears: readonly LinearId[];
      /** Kept share of Σλμ, 0..1. */
      readonly energy: number;
      /** `pairs`: Ŵ = U_G (M∘C) U_Aᵀ. `projection`: Ŵ = P_G W P_A (paper, section 4). */
      readonly selection: "pairs" | "projection";
      /** Own energies of single linears of the edit, in place of `energy`. */
      readonly energies?: Readonly<Record<LinearId, number>>;
    }
  | {
      readonly method: "svd";
      readonly linears: readonly LinearId[];
      /** Kept share of the singular values, 0..1. */
      readonly keep: number;
    };

/** What an edit kept of one linear. */
export interface EditSummary {
  readonly linear: LinearId;
  /** Pairs (K-FAC) or singular values (SVD) kept, of how many. */
  readonly kept: number;
  readonly total: number;
  /** Distinct λ and μ directions in kept pairs; equal to `kept` for SVD. */
  readonly keptInputs: number;
  readonly keptOutputs: number;
  /** ‖Ŵ−W‖_F / ‖W‖_F. */
  readonly relativeChange: number;
}
