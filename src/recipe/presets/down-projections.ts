import type { LinearId } from "../../stages/model/types";
import { vitLinear } from "../linear-name";

/** The MLP down-projections (fc2) of the given layers: where the paper looks and edits. */
export function downProjections(layers: readonly number[]): readonly LinearId[] {
  return layers.map((layer) => vitLinear(layer, "fc2")).filter((id) => id !== undefined);
}

/** 0, 1, …, layers − 1. */
export function allLayers(layers: number): readonly number[] {
  return Array.from({ length: layers }, (_, layer) => layer);
}

export function union(first: readonly LinearId[], second: readonly LinearId[]): readonly LinearId[] {
  return [...new Set([...first, ...second])];
}
