import type { Data } from "plotly.js";
import type { ScanRow } from "../../engine/api";
import { tradeoffOf, type Ranked } from "../../recipe/search-ranking";
import type { ClassificationMetrics, TextMetrics } from "../../stages/evaluation/types";
import type { LinearId } from "../../stages/model/types";
import { baseLayout, closeShareAxis, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import { editLabel, editStrength, methodStyles } from "./edit-label";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";

type Row = Ranked<ScanRow>;

const METHODS = ["kfac", "svd"] as const;

/**
 * Memory (right) against ability (up) of every edit that was found; the line joins the Pareto front. The upper left
 * corner is the goal, and below the dotted line too little ability is left to be ranked.
 */
export function searchChart(
  order: readonly Row[],
  floor: number | undefined,
  unedited: ClassificationMetrics | TextMetrics | undefined,
  isText: boolean,
  linearsName: (linears: readonly LinearId[]) => string,
): Chart {
  const [memory, ability] = isText ? ["strict", "nDCG@10"] : ["memorized", "validation"];
  const show = (value: number): string => (isText ? value.toFixed(3) : percent(value));
  const start = unedited === undefined ? [] : [tradeoffOf(unedited)];
  const front = order.filter(({ onFront }) => onFront).toSorted((a, b) => a.memory - b.memory);
  return {
    summary: describe(order, front.length, memory, ability, show),
    height: 340,
    table: {
      columns: ["rank", "Pareto front", "edit", "matrices", memory, ability],
      rows: order.map(({ row: { edit }, rank, onFront, ...one }) => [
        rank ?? null,
        onFront ? "yes" : "no",
        editLabel(edit),
        edit.method === "none" ? "" : linearsName(edit.linears),
        one.memory,
        one.ability,
      ]),
    },
    draw: (theme, width) => ({
      data: [
        ...METHODS.map((method) => points(order, method, linearsName, memory, ability, show, theme)),
        frontLine(front, theme),
        ...start.map((point) => uneditedPoint(point, memory, ability, show, theme)),
      ],
      layout: {
        ...baseLayout(theme, width),
        xaxis: shareAxis(
          theme,
          isText ? "planted passages recited (less is better)" : "memorized accuracy (less is better)",
        ),
        yaxis: closeShareAxis(
          theme,
          isText ? "nDCG@10 on fresh text" : "validation accuracy",
          [...order, ...start].map((one) => one.ability),
          isText ? (tick) => tick.toFixed(2) : undefined,
        ),
        shapes: floor === undefined ? [] : [floorLine(floor, theme)],
      },
    }),
  };
}

function points(
  order: readonly Row[],
  method: (typeof METHODS)[number],
  linearsName: (linears: readonly LinearId[]) => string,
  memory: string,
  ability: string,
  show: (value: number) => string,
  theme: PlotTheme,
): Data {
  const own = order.filter(({ row }) => row.edit.method === method);
  const { name, colour, symbol } = methodStyles[method];
  return {
    type: "scatter",
    mode: "markers",
    cliponaxis: false,
    name,
    x: own.map((one) => one.memory),
    y: own.map((one) => one.ability),
    customdata: own.map(
      ({ row: { edit }, rank, memory: left, ability: kept }) =>
        `${name}, ${editStrength(edit)}<br>${edit.method === "none" ? "" : linearsName(edit.linears)}<br>${memory} ${percent(left)}, ${ability} ${show(kept)}${rank === undefined ? "" : `<br>rank ${String(rank)}`}`,
    ),
    hovertemplate: "%{customdata}<extra></extra>",
    marker: {
      color: theme.colour[colour],
      symbol,
      size: own.map(({ onFront, rank }) => (rank === 1 ? 14 : onFront ? 10 : 6)),
      opacity: own.map(({ onFront, rank }) => (onFront || rank === 1 ? 1 : rank === undefined ? 0.35 : 0.6)),
      line: { width: 1.5, color: theme.colour[colour] },
    },
  };
}

/** A step from one point of the front to the next: between them nothing was found that is better. */
function frontLine(front: readonly Row[], theme: PlotTheme): Data {
  return {
    type: "scatter",
    mode: "lines",
    cliponaxis: false,
    name: "Pareto front",
    x: front.map(({ memory }) => memory),
    y: front.map(({ ability }) => ability),
    hoverinfo: "skip",
    line: { shape: "hv", width: 1.5, dash: "dash", color: theme.colour["text-muted"] },
  };
}

function uneditedPoint(
  { memory: left, ability: kept }: { readonly memory: number; readonly ability: number },
  memory: string,
  ability: string,
  show: (value: number) => string,
  theme: PlotTheme,
): Data {
  const { name, colour, symbol } = methodStyles.none;
  return {
    type: "scatter",
    mode: "markers",
    cliponaxis: false,
    name,
    x: [left],
    y: [kept],
    hovertemplate: `${name}<br>${memory} ${percent(left)}, ${ability} ${show(kept)}<extra></extra>`,
    marker: { color: theme.colour[colour], symbol, size: 14 },
  };
}

function floorLine(floor: number, theme: PlotTheme) {
  return {
    type: "line" as const,
    xref: "paper" as const,
    x0: 0,
    x1: 1,
    y0: floor,
    y1: floor,
    line: { color: theme.colour.validation, width: 1.5, dash: "dot" as const },
  };
}

function describe(
  order: readonly Row[],
  front: number,
  memory: string,
  ability: string,
  show: (value: number) => string,
): string {
  const best = order.find(({ rank }) => rank === 1);
  const all = `${String(order.length)} edits were found, ${String(front)} of them on the Pareto front.`;
  if (best === undefined) return `${all} None keeps enough ability to be ranked.`;
  return `${all} First is ${editLabel(best.row.edit)}: ${memory} ${percent(best.memory)}, ${ability} ${show(best.ability)}.`;
}
