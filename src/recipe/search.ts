import type { EditSpec } from "../stages/edit/types";
import type { Linear, LinearId, LinearRole } from "../stages/model/types";
import { withLinears, type Recipe } from "./schema";

/** A search over which layers are cut together, how much, and by which method: a list of edits to evaluate. */

export const layerSetKinds = ["prefixes", "ends", "subsets"] as const;
/** `prefixes`: the first layer, the first two, … all. `ends`: the first and the last. `subsets`: all up to a size. */
export type LayerSetKind = (typeof layerSetKinds)[number];

export interface SearchSpec {
  /** Which matrices of a layer are cut when the layer is. */
  readonly roles: readonly LinearRole[];
  readonly sets: readonly LayerSetKind[];
  /** Layers of the largest subset; of use only with `subsets`. */
  readonly largest: number;
  /** Energies of K-FAC pairs. */
  readonly energies: readonly number[];
  /** Kept shares of the singular values. */
  readonly keeps: readonly number[];
}

/** More than a person waits for. */
export const mostSearchEdits = 10_000;

/** What a search knows of a linear. */
type Searchable = Pick<Linear, "id" | "layer" | "role">;

/** Layers that have a matrix of these roles, ascending. */
export function searchLayers(linears: readonly Searchable[], roles: readonly LinearRole[]): number[] {
  const layers = linears.filter(({ role }) => roles.includes(role)).map(({ layer }) => layer);
  return [...new Set(layers)].sort((a, b) => a - b);
}

/** The sets of layers that are cut together, each once: prefixes, the ends, then subsets by size. */
export function layerSets(
  layers: readonly number[],
  { sets, largest }: Pick<SearchSpec, "sets" | "largest">,
): number[][] {
  const found = new Map<string, number[]>();
  const add = (set: readonly number[]): void => {
    if (set.length > 0 && !found.has(set.join())) found.set(set.join(), [...set]);
  };
  if (sets.includes("prefixes")) for (let size = 1; size <= layers.length; size++) add(layers.slice(0, size));
  const [first, last] = [layers[0], layers.at(-1)];
  if (sets.includes("ends") && first !== undefined && last !== undefined && first !== last)
    add([first, last]);
  if (sets.includes("subsets"))
    for (let size = 1; size <= largest; size++) subsets(layers, size).forEach(add);
  return [...found.values()];
}

/** All subsets of a size, in the order of their members. */
function subsets(layers: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return layers.flatMap((layer, at) =>
    subsets(layers.slice(at + 1), size - 1).map((rest) => [layer, ...rest]),
  );
}

/** How many sets `layerSets` gives, without making them. */
export function countLayerSets(
  layers: number,
  { sets, largest }: Pick<SearchSpec, "sets" | "largest">,
): number {
  const size = sets.includes("subsets") ? Math.min(largest, layers) : 0;
  let choices = 1;
  let count = 0;
  for (let members = 1; members <= size; members++) {
    choices = (choices * (layers - members + 1)) / members;
    count += choices;
  }
  const prefixes = sets.includes("prefixes");
  if (prefixes) count += layers - size;
  const endsAreNew = size < 2 && !(prefixes && layers === 2);
  return count + (sets.includes("ends") && layers >= 2 && endsAreNew ? 1 : 0);
}

/** How many edits a search evaluates. */
export function countSearchEdits(spec: SearchSpec, linears: readonly Searchable[]): number {
  const layers = searchLayers(linears, spec.roles).length;
  return countLayerSets(layers, spec) * (spec.energies.length + spec.keeps.length);
}

/** The edits of a search, set by set, each energy by K-FAC pairs and each share by SVD. */
export function searchEdits(spec: SearchSpec, linears: readonly Searchable[]): EditSpec[] {
  return layerSets(searchLayers(linears, spec.roles), spec).flatMap((layers): EditSpec[] => {
    const ids = linears
      .filter(({ layer, role }) => layers.includes(layer) && spec.roles.includes(role))
      .map(({ id }) => id);
    return [
      ...spec.energies.map((energy): EditSpec => ({
        method: "kfac",
        linears: ids,
        energy,
        selection: "pairs",
      })),
      ...spec.keeps.map((keep): EditSpec => ({ method: "svd", linears: ids, keep })),
    ];
  });
}

/** The recipe with factors of every linear that one of the edits names as well. */
export function withSearched<R extends Recipe>(recipe: R, edits: readonly EditSpec[]): R {
  const named = edits.flatMap((edit): readonly LinearId[] => (edit.method === "none" ? [] : edit.linears));
  return withLinears(recipe, [...new Set([...recipe.factors.linears, ...named])]);
}

/** What is searched if nobody says: a few strengths that take away little and much, of all prefixes and the ends. */
export function usualSearch(isText: boolean): SearchSpec {
  return {
    roles: isText ? ["gate", "up", "down"] : ["fc2"],
    sets: ["prefixes", "ends"],
    largest: 2,
    energies: isText ? [0.75, 0.85, 0.9, 0.95] : [0.6, 0.7, 0.8, 0.9],
    keeps: isText ? [0.2, 0.3, 0.4, 0.5] : [0.05, 0.1, 0.2, 0.4],
  };
}
