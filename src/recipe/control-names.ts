import type { ControlKind } from "../stages/edit/types";

/** How else than by curvature an edit of the same size chooses what it keeps. */
export const controlNames: Readonly<Record<ControlKind, string>> = {
  "random-pairs": "random pairs",
  "largest-coefficients": "largest coefficients",
  magnitude: "largest weights",
};
