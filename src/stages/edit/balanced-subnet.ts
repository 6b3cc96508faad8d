import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { RandomStream } from "../../tensor/random";
import type { Linear, LinearId } from "../model/types";
import type { EditSummary, SubnetTraining } from "./types";

/** Masks that were learned: bit k mod 32 of word k div 32 says whether weight k of the matrix is kept. */
export interface Subnet {
  readonly masks: ReadonlyMap<LinearId, SubnetMask>;
  readonly training: SubnetTraining;
  readonly seconds: number;
}

export interface SubnetMask {
  readonly linear: Linear;
  readonly dropped: number;
  readonly bits: Uint32Array<ArrayBuffer>;
}

/** Weights of a matrix that a share drops, rounded. */
export function droppedCount({ outputs, inputs }: Pick<Linear, "outputs" | "inputs">, drop: number): number {
  if (!(drop >= 0 && drop <= 1)) throw new RangeError(`drop: expected a share from 0 to 1, got ${drop}`);
  return Math.round(drop * outputs * inputs);
}

/** First scores of a linear, uniform in ±1/√d_in: PyTorch's Kaiming initialization of linears. */
export function initialScores(
  { outputs, inputs }: Pick<Linear, "outputs" | "inputs">,
  random: RandomStream,
): Float32Array<ArrayBuffer> {
  const bound = 1 / Math.sqrt(inputs);
  return Float32Array.from({ length: outputs * inputs }, () => (2 * random.uniform() - 1) * bound);
}

/** Ŵ = M∘W of one linear. */
export function editBySubnet(
  backend: Backend,
  weights: DeviceTensor,
  subnet: Subnet | undefined,
  id: LinearId,
): { readonly weights: DeviceTensor; readonly summary: Omit<EditSummary, "relativeChange"> } {
  const mask = subnet?.masks.get(id);
  if (!mask) throw new RangeError(`edit: no mask has been learned for ${id}`);
  const { outputs, inputs } = mask.linear;
  const total = outputs * inputs;
  return {
    weights: backend.linearAlgebra.keepBits(weights, mask.bits),
    summary: {
      linear: id,
      kept: total - mask.dropped,
      total,
      keptInputs: inputs,
      keptOutputs: outputs,
    },
  };
}
