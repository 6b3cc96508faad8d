import { controlNames } from "../../recipe/control-names";
import { energyOf, energyRange, isEnergyEdit, type EnergyEdit } from "../../recipe/own-energies";
import type { ControlKind, EditSpec, PairRanking } from "../../stages/edit/types";
import { percent } from "./number-format";
import type { ColourName } from "./plot-theme";
import { subnetName, subnetStrength } from "./subnet-label";

/** How an edit is drawn everywhere: colour, symbol and word of its method. */
export const methodStyles = {
  none: { name: "unedited", colour: "unedited", symbol: "star" },
  kfac: { name: "K-FAC", colour: "kfac", symbol: "circle" },
  svd: { name: "SVD", colour: "svd", symbol: "diamond-open" },
  "balanced-subnet": { name: "BalancedSubnet", colour: "balanced-subnet", symbol: "square" },
  control: { name: "control", colour: "control", symbol: "square-open" },
} as const satisfies Record<EditSpec["method"], { name: string; colour: ColourName; symbol: string }>;

export const rankingNames: Readonly<Record<PairRanking, string>> = {
  product: "λμ",
  saliency: "saliency λμC²",
  ekfac: "EK-FAC",
};

/** How lines of K-FAC pairs by different rankings, all of one colour, are told apart. */
const rankingLooks: Readonly<Record<PairRanking, LineLook>> = {
  product: { dash: "solid", symbol: "circle" },
  saliency: { dash: "dash", symbol: "triangle-up" },
  ekfac: { dash: "dashdot", symbol: "diamond" },
};

export interface LineLook {
  readonly dash: "solid" | "dash" | "dashdot" | "dot";
  readonly symbol: string;
}

/** How controls, all of one colour, are told apart. */
const controlSymbols: Readonly<Record<ControlKind, string>> = {
  "random-pairs": "x-open",
  "largest-coefficients": "square-open",
  magnitude: "triangle-down-open",
};

/** How a line along the strengths of an edit's method is drawn. */
export function lineLook(edit: EditSpec): LineLook {
  if (edit.method === "control") return { dash: "dot", symbol: controlSymbols[edit.control] };
  return edit.method === "kfac" && edit.selection === "pairs"
    ? rankingLooks[edit.ranking ?? "product"]
    : { dash: "dot", symbol: methodStyles[edit.method].symbol };
}

/** How much an edit keeps, in the unit of its method: `energy 75.0 %`, `own energies 60.0–90.0 %`, `20.0 % of σ`. */
export function editStrength(edit: EditSpec): string {
  switch (edit.method) {
    case "none":
      return "";
    case "kfac":
      return edit.selection === "pairs" ? energyText(edit) : `${energyText(edit)}, projection`;
    case "control":
      return `as many as ${energyText(edit)}`;
    case "svd":
      return `${percent(edit.keep)} of σ`;
    case "balanced-subnet":
      return subnetStrength(edit);
  }
}

function energyText(edit: EnergyEdit): string {
  const { lowest, highest } = energyRange(edit);
  return hasOwnEnergies(edit)
    ? `own energies ${(100 * lowest).toFixed(1)}–${percent(highest)}`
    : `energy ${percent(lowest)}`;
}

/** Whether no single energy describes the edit. */
export function hasOwnEnergies(edit: EditSpec): boolean {
  if (!isEnergyEdit(edit)) return false;
  const { lowest, highest } = energyRange(edit);
  return lowest < highest;
}

/** `K-FAC`, `K-FAC by saliency λμC²`, `EK-FAC`, `random pairs of seed 1`: the method and what it goes by. */
export function styledName(edit: EditSpec): string {
  const { name } = methodStyles[edit.method];
  if (edit.method === "balanced-subnet") return subnetName(edit);
  if (edit.method === "control")
    return edit.control === "random-pairs"
      ? `${controlNames[edit.control]} of seed ${String(edit.seed)}`
      : controlNames[edit.control];
  if (edit.method !== "kfac" || edit.ranking === undefined || edit.ranking === "product") return name;
  return edit.ranking === "ekfac" ? rankingNames.ekfac : `${name} by ${rankingNames[edit.ranking]}`;
}

/** `K-FAC, energy 75.0 %`. */
export function editLabel(edit: EditSpec): string {
  const strength = editStrength(edit);
  const name = styledName(edit);
  return strength ? `${name}, ${strength}` : name;
}

/** The label as a table shows it: with a capital, numbers by their percent signs, and a long name that may break. */
export function shownLabel(edit: EditSpec): string {
  const label = editLabel(edit);
  const broken = label
    .replaceAll(" %", "\u00a0%")
    .replaceAll(" σ", "\u00a0σ")
    .replace("BalancedSubnet", "Balanced\u200bSubnet");
  return broken.charAt(0).toUpperCase() + broken.slice(1);
}

/** The kept share 0..1 of the edit's own unit, the mean over its linears; everything for the unedited model. */
export function keptShare(edit: EditSpec): number {
  switch (edit.method) {
    case "none":
      return 1;
    case "kfac":
    case "control":
      return hasOwnEnergies(edit)
        ? edit.linears.reduce((sum, linear) => sum + energyOf(edit, linear), 0) / edit.linears.length
        : energyRange(edit).lowest;
    case "svd":
      return edit.keep;
    case "balanced-subnet":
      return 1 - edit.drop;
  }
}

/** `K-FAC`, `K-FAC projection`, `K-FAC, own energies`: edits of different names have strengths that do not compare. */
export function methodName(edit: EditSpec): string {
  const selection = edit.method === "kfac" && edit.selection === "projection" ? " projection" : "";
  return `${styledName(edit)}${selection}${hasOwnEnergies(edit) ? ", own energies" : ""}`;
}
