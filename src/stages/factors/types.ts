import type { LinearId } from "../model/types";

/**
 * Factors: A = E[aaᵀ] over inputs a and G = E[ggᵀ] over output gradients g = ∂L/∂s of every chosen linear
 * (paper, section 2.3, equation 1).
 */
export interface TapChoice {
  readonly linears: readonly LinearId[];
  /** `readout`: in the last layer only the class token, since no other token reaches the head from there. */
  readonly tokens: "all" | "readout";
  /** `sampled`: labels drawn from the model's own prediction, as in the paper; `gold`: the given labels. */
  readonly labels: "sampled" | "gold";
  readonly seed: number;
}

/** Factors of an image classifier. */
export interface FactorsSpec extends TapChoice {
  /** Training images the factors are averaged over (given labels are not used). */
  readonly images: number;
}

/** Factors of a language model. */
export interface TextFactorsSpec extends TapChoice {
  /** Windows of text the factors are averaged over; of an own text at most as many as it has. */
  readonly windows: number;
  /** `fresh`: text the model never saw, without planted passages; `mixture`: its training text; `own`: a text of the person's. */
  readonly text: "fresh" | "mixture" | "own";
  /** SHA-256 of the UTF-8 bytes of the own text; there exactly if `text` is `own`. */
  readonly ownText?: string;
}

export interface FactorSummary {
  readonly linear: LinearId;
  /** Number of a, g pairs averaged. */
  readonly samples: number;
  /** Σλ and Σμ; undefined before the eigendecomposition. */
  readonly traceA: number | undefined;
  readonly traceG: number | undefined;
}
