import { fromOklab, sequentialMap, toOklab } from "./colour-map";

const COLOURS = 256;
/** Products further below the largest than this share one colour. */
const DECADES = 8;

/** The colours of kept and of cut pairs by product, dark to light, RGBA. */
export interface PlaneColours {
  readonly kept: Uint8ClampedArray;
  readonly cut: Uint8ClampedArray;
}

export function planeColours(dark: boolean): PlaneColours {
  const kept = sequentialMap(COLOURS);
  const cut = new Uint8ClampedArray(kept.length);
  for (let at = 0; at < kept.length; at += 4) {
    const [lightness, a, b] = toOklab([kept[at] ?? 0, kept[at + 1] ?? 0, kept[at + 2] ?? 0]);
    // Nearly grey and drawn towards the ground of the panel, yet the order of the products can still be seen.
    const faded = dark ? 0.24 + 0.16 * lightness : 0.78 + 0.16 * lightness;
    cut.set([...fromOklab([faded, 0.12 * a, 0.12 * b]), 255], at);
  }
  return { kept, cut };
}

/** Range of log10(λμ) that the colours span. */
export interface ProductRange {
  readonly low: number;
  readonly high: number;
}

export function productRange(lambda: Float32Array, mu: Float32Array): ProductRange {
  const high = Math.log10((lambda[0] ?? 0) * (mu[0] ?? 0));
  if (!Number.isFinite(high)) return { low: -1, high: 0 };
  const low = Math.log10(smallestPositive(lambda) * smallestPositive(mu));
  return { low: Math.min(high - 1, Math.max(high - DECADES, low)), high };
}

/**
 * The plane in `colours`: pixel (x, y) from the lower left has the colour of log10(λᵢμⱼ), where i and j are the pair
 * at column x and row y.
 */
export function planeImage(
  lambdaOfColumn: Float64Array,
  muOfRow: Float64Array,
  range: ProductRange,
  colours: Uint8ClampedArray,
): ImageData {
  const [width, height] = [lambdaOfColumn.length, muOfRow.length];
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const palette = new Uint32Array(colours.buffer);
  const scale = (COLOURS - 1) / (range.high - range.low);
  const column = lambdaOfColumn.map((value) => (Math.log10(value) - range.low) * scale);
  for (let y = 0; y < height; y++) {
    const row = Math.log10(muOfRow[height - 1 - y] ?? 0) * scale;
    for (let x = 0; x < width; x++) {
      // log10(0) is -∞: such products take the darkest colour.
      const shade = Math.max(0, Math.min(COLOURS - 1, Math.round((column[x] ?? 0) + row)));
      pixels[y * width + x] = palette[shade] ?? 0;
    }
  }
  return image;
}

function smallestPositive(descending: Float32Array): number {
  for (let k = descending.length - 1; k >= 0; k--) {
    const value = descending[k] ?? 0;
    if (value > 0) return value;
  }
  return 0;
}
