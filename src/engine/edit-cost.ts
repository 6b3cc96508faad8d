import type { Subnet } from "../stages/edit/balanced-subnet";
import type { EditCost, EditSpec } from "../stages/edit/types";

/** Seconds that went into what edits of a method share. */
export interface SharedSeconds {
  /** Factors and their eigendecomposition. */
  readonly curvature: number;
  /** Singular values of the weights. */
  readonly singular: number;
}

/** What an edit took: `seconds` to compute its weights, after what is shared and what was learned. */
export function editCost(
  edit: EditSpec,
  seconds: number,
  shared: SharedSeconds,
  subnet: Subnet | undefined,
): EditCost | undefined {
  switch (edit.method) {
    case "none":
      return undefined;
    case "kfac":
    case "control":
      return { seconds, sharedSeconds: shared.curvature, forget: 0, retain: 0 };
    case "svd":
      return { seconds, sharedSeconds: shared.singular, forget: 0, retain: 0 };
    case "balanced-subnet": {
      // A random mask is learned from nothing.
      const learns = edit.epochs > 0;
      return {
        seconds: seconds + (subnet?.seconds ?? 0),
        sharedSeconds: 0,
        forget: learns ? (subnet?.training.forget ?? 0) : 0,
        retain: learns ? (subnet?.training.retain ?? 0) : 0,
      };
    }
  }
}
