import { usualImageSubnet, usualSubnet } from "../../recipe/balanced-subnet";
import { isEnergyEdit } from "../../recipe/own-energies";
import type { EditSpec } from "../../stages/edit/types";
import type { Linear, LinearId } from "../../stages/model/types";
import type { LinearEdit } from "../state/recipe-slice";

/** Methods as the page offers them: the selections of K-FAC are two of them. */
export const methods = [
  { value: "pairs", label: "K-FAC pairs" },
  { value: "projection", label: "K-FAC projection" },
  { value: "svd", label: "SVD" },
  { value: "balanced-subnet", label: "Balanced\u200bSubnet" },
  { value: "control", label: "Control" },
] as const;
export type Method = (typeof methods)[number]["value"];

export function methodOf(edit: LinearEdit): Method {
  return edit.method === "kfac" ? edit.selection : edit.method;
}

/** Matrices of a small language model are narrow, and cuts that an image classifier stands would undo it. */
export function newEdit(method: Method, linears: readonly LinearId[], isText: boolean): LinearEdit {
  switch (method) {
    case "svd":
      return { method, linears, keep: isText ? 0.35 : 0.1 };
    case "balanced-subnet":
      return { method, linears, ...(isText ? usualSubnet : usualImageSubnet) };
    case "pairs":
    case "projection":
      return { method: "kfac", linears, energy: isText ? 0.85 : 0.75, selection: method };
    case "control":
      return { method, control: "random-pairs", linears, energy: isText ? 0.85 : 0.75, seed: 1 };
  }
}

/** The edit by another method; between those that go by an energy the energies stay. */
export function withMethod(edit: LinearEdit, method: Method, isText: boolean): LinearEdit {
  if (methodOf(edit) === method) return edit;
  const isKfac = method === "pairs" || method === "projection";
  if (isKfac && edit.method === "kfac") return { ...edit, selection: method };
  const other = newEdit(method, edit.linears, isText);
  if (!isEnergyEdit(edit) || !isEnergyEdit(other)) return other;
  const { energy, energies } = edit;
  return energies === undefined ? { ...other, energy } : { ...other, energy, energies };
}

/** Whether what an edit keeps in the λμ plane lies under one border. */
export function keepsStaircase(edit: EditSpec): boolean {
  return edit.method === "kfac" && (edit.ranking ?? "product") === "product";
}

/** All matrices of the MLPs, which BalancedSubnet masks; the given ones if the model lists none. */
export function mlpOf(linears: readonly Linear[], otherwise: readonly LinearId[]): readonly LinearId[] {
  const roles = ["fc1", "fc2", "gate", "up", "down"];
  const all = linears.filter(({ role }) => roles.includes(role)).map(({ id }) => id);
  return all.length > 0 ? all : otherwise;
}
