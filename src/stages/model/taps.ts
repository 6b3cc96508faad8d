import type { Value } from "../../graph/types";
import type { Linear, LinearId } from "./types";

/** Input a and output s of one linear inside a graph; rows are tokens of one sample after the other. */
export interface Tap {
  readonly linear: Linear;
  /** [batch·tokens, d_in] */
  readonly a: Value;
  /** [batch·tokens, d_out], bias included */
  readonly s: Value;
}

/** The taps of these linears, in their order. */
export function chosenTaps(taps: readonly Tap[], linears: readonly LinearId[]): Tap[] {
  return linears.map((id) => {
    const tap = taps.find(({ linear }) => linear.id === id);
    if (!tap) throw new Error(`taps: ${id} is no linear of this model that can be tapped`);
    return tap;
  });
}

/** Names outputs so that a value several linears read is put out once. */
export class TapOutputs {
  readonly values: Record<string, Value> = {};
  readonly #names = new Map<Value, string>();

  add(name: string, value: Value): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    this.#names.set(value, name);
    this.values[name] = value;
    return name;
  }
}
