import type { PlotTheme } from "./plot-theme";

/** Fill of a bar: solid for K-FAC, hatched for SVD, so that the two are told apart without colour vision. */
export function methodFill(method: "kfac" | "svd", colour: string, theme: PlotTheme) {
  if (method === "kfac") return { color: colour };
  return {
    color: colour,
    line: { color: colour, width: 1.5 },
    pattern: {
      shape: "/",
      size: 5,
      solidity: 0.35,
      fillmode: "replace",
      bgcolor: theme.colour["surface-raised"],
    },
  } as const;
}
