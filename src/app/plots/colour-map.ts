/** Colours computed in OKLab, where equal distances look equal. */

/** Red, green, blue, each 0..255. */
export type Rgb = readonly [number, number, number];
/** Lightness 0..1 and the two opponent axes. */
export type Oklab = readonly [number, number, number];

/** Reads what browsers answer for a colour: `rgb(r, g, b)`, `rgba(…)` or `#rrggbb`. */
export function parseRgb(text: string): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (hex) return [parseInt(hex[1] ?? "", 16), parseInt(hex[2] ?? "", 16), parseInt(hex[3] ?? "", 16)];
  const [r, g, b] = (text.match(/[\d.]+/g) ?? []).map(Number);
  if (!text.startsWith("rgb") || r === undefined || g === undefined || b === undefined) {
    throw new Error(`parseRgb: expected rgb(r, g, b) or #rrggbb, got ${text}`);
  }
  return [r, g, b];
}

/** From `a` (share 0) to `b` (share 1). */
export function mixOklab(a: Rgb, b: Rgb, share: number): Rgb {
  const from = toOklab(a);
  const to = toOklab(b);
  const at = (axis: 0 | 1 | 2) => from[axis] + (to[axis] - from[axis]) * share;
  return fromOklab([at(0), at(1), at(2)]);
}

/** Hue in degrees against the lightness of the sequential map: indigo, blue, teal, green, yellow. */
const HUES = [290, 268, 235, 195, 160, 128, 104];
const CHROMAS = [0.09, 0.12, 0.105, 0.1, 0.125, 0.155, 0.16];
const DARKEST = 0.2;
const LIGHTEST = 0.93;

/**
 * A sequential map of `size` colours, four bytes each (RGBA). Lightness rises in equal steps, so the order is seen
 * also without colour vision and in grey print; the hue turns along the anchors above.
 */
export function sequentialMap(size: number): Uint8ClampedArray {
  const map = new Uint8ClampedArray(4 * size);
  for (let index = 0; index < size; index++) {
    const share = index / (size - 1);
    const hue = (between(HUES, share) * Math.PI) / 180;
    const lightness = DARKEST + (LIGHTEST - DARKEST) * share;
    const chroma = between(CHROMAS, share);
    const [r, g, b] = fromOklab([lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)]);
    map.set([r, g, b, 255], 4 * index);
  }
  return map;
}

function between(anchors: readonly number[], share: number): number {
  const place = share * (anchors.length - 1);
  const lower = Math.min(Math.floor(place), anchors.length - 2);
  const from = anchors[lower] ?? 0;
  return from + ((anchors[lower + 1] ?? from) - from) * (place - lower);
}

/** Ottosson's OKLab of an sRGB colour. */
export function toOklab([red, green, blue]: Rgb): Oklab {
  const r = linear(red / 255);
  const g = linear(green / 255);
  const b = linear(blue / 255);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** The nearest sRGB colour; what lies outside is clipped per channel. */
export function fromOklab([lightness, a, b]: Oklab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function linear(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}

function channel(light: number): number {
  const encoded = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, encoded)));
}
