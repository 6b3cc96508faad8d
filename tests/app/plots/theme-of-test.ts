import type { PlotTheme } from "../../../src/app/plots/plot-theme";

/** Colours told apart in assertions; none of them is the page's. */
export const theme: PlotTheme = {
  font: "serif",
  colour: {
    "surface-raised": "rgb(255, 255, 255)",
    border: "rgb(1, 0, 0)",
    text: "rgb(2, 0, 0)",
    "text-muted": "rgb(3, 0, 0)",
    grid: "rgb(4, 0, 0)",
    axis: "rgb(5, 0, 0)",
    memorized: "rgb(6, 0, 0)",
    clean: "rgb(7, 0, 0)",
    validation: "rgb(8, 0, 0)",
    "ground-truth": "rgb(9, 0, 0)",
    unedited: "rgb(10, 0, 0)",
    kfac: "rgb(11, 0, 0)",
    svd: "rgb(12, 0, 0)",
    "balanced-subnet": "rgb(13, 0, 0)",
    control: "rgb(21, 0, 0)",
    "factor-a": "rgb(14, 0, 0)",
    "factor-g": "rgb(15, 0, 0)",
    weight: "rgb(16, 0, 0)",
    "ratio-low": "rgb(22, 103, 171)",
    "ratio-middle": "rgb(246, 245, 242)",
    "ratio-high": "rgb(189, 69, 18)",
  },
};
