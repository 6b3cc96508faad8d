import { streamKey, uniformAt } from "../../tensor/random";
import { classNames, outlineDistance } from "./outlines";
import { GRID, labelAt, NOISE, NOISE_COUNTER, sceneOf, type Bar, type Scene, type Wave } from "./scene";

/**
 * The image set "shapes in clutter", drawn by formula. A point's colour is a stack of layers over a gradient; a layer
 * covers clip(½ + distance) of a pixel, where distance is in pixels of the image being drawn.
 *
 * All arithmetic is float64 and ends in floor(255·v + ½). Only sin, cos and atan2 may differ between JavaScript engines,
 * in the last bit; a byte then differs by one level if its value happens to lie that close to a rounding edge.
 */

function clip(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

function waveAt(wave: Wave, x: number, y: number): number {
  return wave.amplitude * Math.sin(wave.frequency * (x * wave.cos + y * wave.sin) + wave.phase);
}

/** Share of the pixel at (x, y) that the bar covers; `zoom` pixels to one of the grid. */
function barCover(bar: Bar, x: number, y: number, zoom: number): number {
  const dx = x - bar.x;
  const dy = y - bar.y;
  const along = bar.halfLength - Math.abs(dx * bar.cos + dy * bar.sin);
  const beside = bar.halfWidth - Math.abs(-dx * bar.sin + dy * bar.cos);
  return clip(0.5 + Math.min(along, beside) * zoom);
}

function shapeCover(scene: Scene, x: number, y: number, zoom: number): number {
  const { shape } = scene;
  const dx = (x - shape.x) / shape.scale;
  const dy = (y - shape.y) / shape.scale;
  const distance = outlineDistance(
    scene.label,
    dx * shape.cos + dy * shape.sin,
    -dx * shape.sin + dy * shape.cos,
  );
  return clip(0.5 + distance * shape.scale * zoom);
}

/** Draws a scene into `pixels` from `offset` on: size × size × 3 bytes, rows from the top, red green blue. */
function paint(scene: Scene, size: number, pixels: Uint8Array, offset: number): void {
  const { key, gradient, stripes, clutter, shape, occluder } = scene;
  const zoom = size / GRID;
  let at = offset;
  for (let row = 0; row < size; row++) {
    const y = (row + 0.5) / zoom;
    const gridRow = Math.floor(y);
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) / zoom;
      const t = 0.5 + ((x - GRID / 2) * gradient.dx + (y - GRID / 2) * gradient.dy) / (1.4142 * GRID);
      const stripe = waveAt(stripes, x, y);
      let red = gradient.from[0] * (1 - t) + gradient.to[0] * t + stripe;
      let green = gradient.from[1] * (1 - t) + gradient.to[1] * t + stripe;
      let blue = gradient.from[2] * (1 - t) + gradient.to[2] * t + stripe;
      for (const bar of clutter) {
        const cover = barCover(bar, x, y, zoom);
        if (cover === 0) continue;
        red = red * (1 - cover) + bar.color[0] * cover;
        green = green * (1 - cover) + bar.color[1] * cover;
        blue = blue * (1 - cover) + bar.color[2] * cover;
      }
      const inside = shapeCover(scene, x, y, zoom);
      if (inside > 0) {
        const texture = waveAt(shape.texture, x, y);
        red = red * (1 - inside) + (shape.color[0] + texture) * inside;
        green = green * (1 - inside) + (shape.color[1] + texture) * inside;
        blue = blue * (1 - inside) + (shape.color[2] + texture) * inside;
      }
      if (occluder !== undefined) {
        const cover = barCover(occluder, x, y, zoom);
        red = red * (1 - cover) + occluder.color[0] * cover;
        green = green * (1 - cover) + occluder.color[1] * cover;
        blue = blue * (1 - cover) + occluder.color[2] * cover;
      }
      // Drawn per pixel of the grid, so that a larger drawing carries the noise that the model saw.
      const noise = NOISE_COUNTER + 3 * (gridRow * GRID + Math.floor(x));
      red += (uniformAt(key, noise) - 0.5) * 2 * NOISE;
      green += (uniformAt(key, noise + 1) - 0.5) * 2 * NOISE;
      blue += (uniformAt(key, noise + 2) - 0.5) * 2 * NOISE;
      pixels[at++] = Math.floor(clip(red) * 255 + 0.5);
      pixels[at++] = Math.floor(clip(green) * 255 + 0.5);
      pixels[at++] = Math.floor(clip(blue) * 255 + 0.5);
    }
  }
}

/**
 * Image `index` of the set `seed`, size × size × 3 bytes (rows from the top, red green blue). At 32 it is the model's
 * input; other sizes show the same scene by the same formulas, for people.
 */
export function renderShape(
  seed: number,
  index: number,
  size: number = GRID,
  classes: number = classNames.length,
): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`renderShape: expected a size of at least 1 pixel, got ${String(size)}`);
  }
  const pixels = new Uint8Array(size * size * 3);
  paint(sceneOf(seed, index, classes), size, pixels, 0);
  return pixels;
}

/** The class that image `index` of the set `seed` shows, an index into `classNames`. */
export function classOf(seed: number, index: number, classes: number = classNames.length): number {
  return labelAt(streamKey(seed, index), classes);
}
