import { withLinears, type Recipe } from "../recipe/schema";
import type { EditSpec } from "../stages/edit/types";
import type { ScanSpec } from "./api";

/** Every edit of a scan: each linear alone, K-FAC at each energy and SVD at each share (paper, Figure 4 top). */
export function scanEdits({ linears, energies, keeps }: ScanSpec): EditSpec[] {
  return linears.flatMap((id): EditSpec[] => [
    ...energies.map((energy): EditSpec => ({ method: "kfac", linears: [id], energy, selection: "pairs" })),
    ...keeps.map((keep): EditSpec => ({ method: "svd", linears: [id], keep })),
  ]);
}

/** The recipe with factors for the scanned linears as well. */
export function withScanned(recipe: Recipe, { linears }: ScanSpec): Recipe {
  const all = [...new Set([...recipe.factors.linears, ...linears])];
  return withLinears(recipe, all);
}
