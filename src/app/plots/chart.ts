import type { Data, Layout } from "plotly.js";
import type { PlotTheme } from "./plot-theme";

/** The numbers of a figure: what is shown, exported and read aloud. A missing number is null. */
export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A figure as a value: its numbers, and how Plotly draws them with given colours in a given width. */
export interface Chart {
  /** One sentence that says what can be seen, for people who cannot see it. */
  readonly summary: string;
  readonly table: DataTable;
  /** CSS pixels, reserved before anything is drawn. */
  readonly height: number;
  readonly draw: (theme: PlotTheme, width: number) => Drawing;
}

export interface Drawing {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
}

/** Writes the picture on the screen to a file. */
export interface ImageSource {
  png(): Promise<Blob>;
  svg(): Promise<Blob>;
}
