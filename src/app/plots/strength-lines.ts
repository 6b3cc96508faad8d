import type { Data } from "plotly.js";
import type { EditSpec } from "../../stages/edit/types";
import { editStrength, hasOwnEnergies, keptShare, lineLook, methodStyles } from "./edit-label";
import type { PlotTheme } from "./plot-theme";

interface Edited {
  readonly edit: EditSpec;
}

/** Edits that differ in their strength alone. */
export type StrengthLine<E extends Edited> = readonly [E, ...E[]];

/** Edits of one name as one line, the strongest cut first; what has no name is left out. */
export function strengthLines<E extends Edited>(
  edits: readonly E[],
  nameOf: (edit: EditSpec) => string | undefined,
): StrengthLine<E>[] {
  const lines = new Map<string, E[]>();
  for (const one of edits) {
    const name = nameOf(one.edit);
    if (name === undefined) continue;
    const line = lines.get(name);
    if (line) line.push(one);
    else lines.set(name, [one]);
  }
  return [...lines.values()].flatMap((line) => {
    const [first, ...rest] = line.toSorted((a, b) => keptShare(a.edit) - keptShare(b.edit));
    return first === undefined ? [] : [[first, ...rest] as const];
  });
}

/** How a line of edits is drawn, one point per edit. */
export interface StrengthTrace<E extends Edited> {
  readonly name: string;
  readonly x: (one: E) => number;
  readonly y: (one: E) => number;
  /** Plotly's template of what a point says below its strength. */
  readonly hover: string;
}

/** Edits with own energies have no one strength to stand in a line by: they are single points. */
export function strengthTrace<E extends Edited>(
  line: StrengthLine<E>,
  { name, x, y, hover }: StrengthTrace<E>,
  theme: PlotTheme,
): Data {
  const [{ edit }] = line;
  const color = theme.colour[methodStyles[edit.method].colour];
  const { dash, symbol } = lineLook(edit);
  return {
    type: "scatter",
    mode: line.length > 1 && !hasOwnEnergies(edit) ? "lines+markers" : "markers",
    name,
    x: line.map(x),
    y: line.map(y),
    customdata: line.map((one) => editStrength(one.edit)),
    hovertemplate: `%{customdata}<br>${hover}`,
    line: { color, width: 2, dash },
    marker: {
      color,
      symbol,
      size: edit.method === "none" ? 13 : 9,
      line: { width: 1.5, color },
    },
  };
}
