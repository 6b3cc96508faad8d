import golden from "../../fixtures/shapes/golden.json";

/** Images drawn by tests/fixtures/shapes/reference.py: one of each class, from two seeds. */
export interface GoldenImage {
  readonly seed: number;
  readonly index: number;
  readonly label: number;
  readonly pixels: Uint8Array;
}

export const goldenImages: readonly GoldenImage[] = golden.flatMap(({ seed, indices, pixels }) =>
  indices.map((index, label) => ({
    seed,
    index,
    label,
    pixels: Uint8Array.from(atob(pixels[label]!), (character) => character.charCodeAt(0)),
  })),
);

/** True and given labels (20 % noise) of the images 0..399 of each seed. */
export const goldenLabels = golden.map(({ seed, shown, given }) => ({ seed, shown, given }));

export interface ByteDifference {
  readonly largest: number;
  readonly equalShare: number;
}

export function compareBytes(actual: Uint8Array, expected: Uint8Array): ByteDifference {
  if (actual.length !== expected.length) {
    throw new RangeError(
      `compareBytes: expected ${String(expected.length)} bytes, got ${String(actual.length)}`,
    );
  }
  let largest = 0;
  let equal = 0;
  expected.forEach((byte, i) => {
    const difference = Math.abs(byte - actual[i]!);
    largest = Math.max(largest, difference);
    if (difference === 0) equal++;
  });
  return { largest, equalShare: equal / expected.length };
}
