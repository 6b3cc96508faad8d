import type { BalancedSubnetSpec } from "../../src/stages/edit/types";
import { tinyLinears } from "./tiny-vit";

/** A mask over the tiny ViT that is learned in a moment. */
export const tinySubnet: BalancedSubnetSpec = {
  method: "balanced-subnet",
  linears: tinyLinears,
  drop: 0.3,
  forget: "first-half",
  forgetExamples: 24,
  retainExamples: 40,
  epochs: 3,
  batch: 16,
  rate: 0.1,
  momentum: 0.9,
  decay: 5e-4,
  seed: 1,
};
