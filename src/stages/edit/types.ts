import type { ForgetSetSpec } from "../data/types";
import type { LinearId } from "../model/types";

/**
 * The order in which pairs of eigenvectors are kept. `product`: curvature λᵢμⱼ. `saliency`: what leaving out the
 * coefficient costs by that curvature, λᵢμⱼCⱼᵢ². `ekfac`: curvature corrected by a second pass, E[(uⱼ·g)²(vᵢ·a)²].
 */
export type PairRanking = "product" | "saliency" | "ekfac";

/**
 * What an edit is held against: as many numbers kept as K-FAC pairs keeps, chosen in another way. `random-pairs` of
 * eigenvectors; `largest-coefficients`: the largest |C| in the K-FAC basis; `magnitude`: the largest |W|, no basis.
 */
export type ControlKind = "random-pairs" | "largest-coefficients" | "magnitude";

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
      /** `product` if left out. `energy` is the kept share of the summed values of the ranking. */
      readonly ranking?: PairRanking;
    }
  | {
      readonly method: "control";
      readonly control: ControlKind;
      readonly linears: readonly LinearId[];
      /** As many are kept as K-FAC pairs, ranked by λμ, keeps at this energy. */
      readonly energy: number;
      /** Own energies of single linears of the edit, in place of `energy`. */
      readonly energies?: Readonly<Record<LinearId, number>>;
      /** Of the random draw; 0 where nothing is drawn. */
      readonly seed: number;
    }
  | {
      readonly method: "svd";
      readonly linears: readonly LinearId[];
      /** Kept share of the singular values, 0..1. */
      readonly keep: number;
    }
  | BalancedSubnetSpec;

/**
 * BalancedSubnet (paper, section 2.1.1): a mask over single weights is learned, up the loss of a forget set and down
 * that of a retain set; the weights stay as they are. With 0 epochs the mask is random.
 */
export interface BalancedSubnetSpec extends ForgetSetSpec {
  readonly method: "balanced-subnet";
  readonly linears: readonly LinearId[];
  /** Share of each matrix's weights that is set to zero, 0..1: those of the smallest |score|. */
  readonly drop: number;
  /** Samples that are not memorized, whose loss is kept low. */
  readonly retainExamples: number;
  readonly epochs: number;
  /** Samples of a step. */
  readonly batch: number;
  /** Learning rate, momentum and weight decay of the gradient descent on the scores. */
  readonly rate: number;
  readonly momentum: number;
  readonly decay: number;
  /** Of first scores and of the order of the samples. */
  readonly seed: number;
}

/** One step of learning a mask. */
export interface SubnetPoint {
  /** Steps done, from 1. */
  readonly step: number;
  /** Mean cross-entropy of the batch's samples of each set under the mask before the step, in nats; undefined of none. */
  readonly forget: number | undefined;
  readonly retain: number | undefined;
}

/** How a mask was learned. */
export interface SubnetTraining {
  readonly curve: readonly SubnetPoint[];
  /** Steps of all epochs together. */
  readonly steps: number;
  /** Samples of each set. */
  readonly forget: number;
  readonly retain: number;
}

/** What it takes to make an edit. */
export interface EditCost {
  /** Of this edit alone. */
  readonly seconds: number;
  /** Of what all edits of its method share: factors and their decomposition, or that of the weights. */
  readonly sharedSeconds: number;
  /** Samples that had to be known as memorized, and as not. */
  readonly forget: number;
  readonly retain: number;
}

/**
 * Where in the plane of pairs an edit keeps: the kept share of the pairs in each cell of a grid of ranks, which are
 * spaced as their logarithms are. For edits that keep no staircase.
 */
export interface KeptDensity {
  /** First ranks of the columns of cells, from 0, and after the last the number of ranks. */
  readonly inputEdges: readonly number[];
  readonly outputEdges: readonly number[];
  /** [output cells, input cells], each 0..1. */
  readonly shares: readonly number[];
}

/** What an edit kept of one linear. */
export interface EditSummary {
  readonly linear: LinearId;
  /** Pairs (K-FAC), singular values (SVD) or single weights (BalancedSubnet, magnitude) kept, of how many. */
  readonly kept: number;
  readonly total: number;
  /** Distinct λ and μ directions in kept pairs; equal to `kept` for SVD, columns and rows for BalancedSubnet. */
  readonly keptInputs: number;
  readonly keptOutputs: number;
  /** Share of Σλμ in the kept pairs, 0..1; of edits that keep pairs of eigenvectors. */
  readonly keptEnergy?: number;
  /** ‖Ŵ−W‖_F / ‖W‖_F. */
  readonly relativeChange: number;
}
