import type { Floats } from "./packed-product";

/** √Σx², scaled by the largest value, so that it neither overflows nor underflows. */
export function frobeniusNorm(values: Floats): number {
  let largest = 0;
  for (const value of values) {
    const magnitude = Math.abs(value);
    if (Number.isNaN(magnitude)) return NaN;
    if (magnitude > largest) largest = magnitude;
  }
  if (largest === 0 || largest === Infinity) return largest;
  let sum = 0;
  for (const value of values) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** ‖Ŵ − W‖ / ‖W‖ in the Frobenius norm; 0 if both are zero, Infinity if only W is. */
export function relativeChange(edited: Floats, original: Floats): number {
  if (edited.length !== original.length) {
    throw new RangeError(`relativeChange: expected ${original.length} values, got ${edited.length}`);
  }
  const difference = new Float64Array(edited.length);
  for (let k = 0; k < difference.length; k++) difference[k] = (edited[k] ?? 0) - (original[k] ?? 0);
  const change = frobeniusNorm(difference);
  return change === 0 ? 0 : change / frobeniusNorm(original);
}
