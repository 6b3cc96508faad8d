import type { EditSpec } from "../../stages/edit/types";
import { percent } from "./number-format";
import type { ColourName } from "./plot-theme";

/** How an edit is drawn everywhere: colour, symbol and word of its method. */
export const methodStyles = {
  none: { name: "unedited", colour: "unedited", symbol: "star" },
  kfac: { name: "K-FAC", colour: "kfac", symbol: "circle" },
  svd: { name: "SVD", colour: "svd", symbol: "diamond-open" },
} as const satisfies Record<EditSpec["method"], { name: string; colour: ColourName; symbol: string }>;

/** How much an edit keeps, in the unit of its method: `energy 75.0 %`, `20.0 % of σ`. */
export function editStrength(edit: EditSpec): string {
  switch (edit.method) {
    case "none":
      return "";
    case "kfac":
      return edit.selection === "pairs"
        ? `energy ${percent(edit.energy)}`
        : `energy ${percent(edit.energy)}, projection`;
    case "svd":
      return `${percent(edit.keep)} of σ`;
  }
}

/** `K-FAC, energy 75.0 %`. */
export function editLabel(edit: EditSpec): string {
  const strength = editStrength(edit);
  return strength ? `${methodStyles[edit.method].name}, ${strength}` : methodStyles[edit.method].name;
}

/** The kept share 0..1 of the edit's own unit; everything for the unedited model. */
export function keptShare(edit: EditSpec): number {
  switch (edit.method) {
    case "none":
      return 1;
    case "kfac":
      return edit.energy;
    case "svd":
      return edit.keep;
  }
}
