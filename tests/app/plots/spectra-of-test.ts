/** A descending spectrum over four decades from a fixed seed; `rough` rounds it, so that ties and zeros occur. */
export function randomUniform(seed: number, length: number, rough: boolean): Float32Array {
  let state = seed * 48271;
  const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const values = Float32Array.from({ length }, () => 10 ** (4 * next() - 2));
  return values.map((value) => (rough ? Math.round(value) : value)).sort((a, b) => b - a);
}
