import type { BalancedSubnetSpec } from "../../stages/edit/types";
import type { LinearId, LinearRole } from "../../stages/model/types";
import { usualImageSubnet, usualSubnet, type SubnetSettings } from "../balanced-subnet";
import { longLinearName, vitLinear } from "../linear-name";
import { isTextRecipe, type Recipe } from "../schema";
import { allLayers } from "./down-projections";

/** All MLP matrices of a model: those that BalancedSubnet masks. */
export function mlpLinears(base: Recipe, layers: number): readonly LinearId[] {
  if (isTextRecipe(base))
    return allLayers(layers).flatMap((layer) =>
      ["gate", "up", "down"].map((role) => longLinearName(`${String(layer)}.${role}`)),
    );
  const roles: readonly LinearRole[] = ["fc1", "fc2"];
  return allLayers(layers).flatMap((layer) => roles.flatMap((role) => vitLinear(layer, role) ?? []));
}

/** BalancedSubnet over all MLP matrices, with its usual settings but for those given. */
export function subnetEdit(
  base: Recipe,
  layers: number,
  settings: Partial<SubnetSettings> = {},
): BalancedSubnetSpec {
  return {
    method: "balanced-subnet",
    linears: mlpLinears(base, layers),
    ...(isTextRecipe(base) ? usualSubnet : usualImageSubnet),
    ...settings,
  };
}

/** The recipe's own edits and BalancedSubnet beside them. */
export function withSubnet(base: Recipe, layers: number): Recipe {
  return { ...base, edits: [...base.edits, subnetEdit(base, layers)] };
}
