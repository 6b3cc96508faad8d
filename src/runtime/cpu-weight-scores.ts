import { float32, type HostTensor } from "../tensor/host-tensor";
import { keptBits, maskByBits, stepScores } from "../tensor/reference/weight-scores";
import { hostFloats, type DeviceTensor } from "./device-tensor";
import type { WeightScores } from "./linear-algebra";

/** Scores of weights in JavaScript memory. Sessions read their inputs when they run, so the mask is written in place. */
export function cpuWeightScores(
  upload: (tensor: HostTensor) => DeviceTensor,
  w: DeviceTensor,
  initial: Float32Array<ArrayBuffer>,
  dropped: number,
  moving?: Float32Array<ArrayBuffer>,
): WeightScores {
  const weights = hostFloats(w);
  const scores = Float32Array.from(initial);
  const velocity = moving ? Float32Array.from(moving) : new Float32Array(scores.length);
  const masked = upload(float32(w.shape, new Float32Array(weights.length)));
  const mask = (): void => {
    maskByBits(weights, keptBits(scores, dropped), hostFloats(masked));
  };
  mask();
  return {
    masked,
    step: (gradient, how) => {
      stepScores(scores, velocity, hostFloats(gradient), weights, how);
      if (how.rate !== 0) mask();
    },
    read: () => Promise.resolve(Float32Array.from(scores)),
    readVelocity: () => Promise.resolve(Float32Array.from(velocity)),
    release: () => {
      masked.release();
    },
  };
}
