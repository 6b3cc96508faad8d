/** What the figures need of Plotly's cartesian bundle (package.json gives it the name `plotly.js`). Loaded on demand. */
import * as Plotly from "plotly.js";

export const { newPlot, react, purge, toImage, Plots } = Plotly;
