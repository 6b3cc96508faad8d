import type { BalancedSubnetSpec } from "../../stages/edit/types";
import { percent } from "./number-format";

/** What a mask drops and what it was taught to forget: `drops 5.0 %, forgets the first half of letter, essay`. */
export function subnetStrength({ drop, epochs, forget, genres }: BalancedSubnetSpec): string {
  const dropped = `drops ${percent(drop)}`;
  if (epochs === 0) return dropped;
  const part = forget === "all" ? "all" : `the ${forget.replace("-", " ")}`;
  return `${dropped}, forgets ${part}${genres === undefined ? "" : ` of ${genres.join(", ")}`}`;
}

/** A mask that was not learned is a control, not the method. */
export function subnetName({ epochs }: BalancedSubnetSpec): string {
  return epochs === 0 ? "random mask" : "BalancedSubnet";
}
