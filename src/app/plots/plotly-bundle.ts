/** The part of Plotly that the figures need: scatter (always in the core), bars and heatmaps. Loaded on demand. */
import "./plotly-global";
import * as bar from "plotly.js/lib/bar";
import * as Plotly from "plotly.js/lib/core";
import * as heatmap from "plotly.js/lib/heatmap";

Plotly.register([bar, heatmap]);

export const { newPlot, react, purge, toImage, Plots } = Plotly;
