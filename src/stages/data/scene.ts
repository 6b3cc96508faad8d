import { streamKey, uniformAt } from "../../tensor/random";
import { classNames } from "./outlines";

/**
 * What one image shows, drawn from the stream of (seed, index): a striped gradient, four bars as clutter, the shape of
 * the class in a textured colour of guaranteed contrast, and sometimes a thin bar across it. Lengths are in pixels of
 * the 32-pixel image. The counter of each draw is part of the data set: changing one makes another data set.
 */
export interface Scene {
  readonly key: number;
  readonly label: number;
  /** Gradient from `from` to `to` along (dx, dy). */
  readonly gradient: { readonly dx: number; readonly dy: number; readonly from: Color; readonly to: Color };
  readonly stripes: Wave;
  readonly clutter: readonly Bar[];
  readonly shape: {
    readonly x: number;
    readonly y: number;
    readonly scale: number;
    readonly cos: number;
    readonly sin: number;
    readonly color: Color;
    readonly texture: Wave;
  };
  /** Absent from four images in five. */
  readonly occluder: Bar | undefined;
}

export type Color = readonly [red: number, green: number, blue: number];

/** amplitude · sin(frequency · (x·cos + y·sin) + phase). */
export interface Wave {
  readonly amplitude: number;
  readonly frequency: number;
  readonly cos: number;
  readonly sin: number;
  readonly phase: number;
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly cos: number;
  readonly sin: number;
  readonly halfLength: number;
  readonly halfWidth: number;
  readonly color: Color;
}

/** Side of the image that the model sees, and the unit of every length here. */
export const GRID = 32;

/** Half width of the uniform pixel noise, in units of the value range 0..1: 0.08·√3·0.6. */
export const NOISE = 0.08 * 1.7320508 * 0.6;

/** Counters of a stream: the noise of pixel p, channel c is draw NOISE_COUNTER + 3p + c. */
export const NOISE_COUNTER = 200;

const STRIPE_AMPLITUDE = 0.1;
const TEXTURE_AMPLITUDE = 0.18;
const BARS = 4;
const SCALE = { min: 9, max: 12.5 };
const OFFSET = 2;
const ROTATION = 0.25;
const CONTRAST = { min: 0.22, max: 0.5 };
const OCCLUSION = 0.2;
/** One more digit would change images. */
const FULL_TURN = 6.2832;

/** Class of the image, uniform over the first `classes` classes. */
export function labelAt(key: number, classes: number): number {
  return Math.min(Math.floor(uniformAt(key, 0) * classes), classes - 1);
}

/** Brightness as the eye weighs the channels (ITU-R BT.601). */
function luminance(color: Color): number {
  return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2];
}

/** The scene of one image. */
export function sceneOf(seed: number, index: number, classes: number = classNames.length): Scene {
  const key = streamKey(seed, index);
  const draw = (counter: number, low: number, high: number): number =>
    low + (high - low) * uniformAt(key, counter);
  const color = (counter: number, low = 0, range = 1): Color => [
    uniformAt(key, counter) * range + low,
    uniformAt(key, counter + 1) * range + low,
    uniformAt(key, counter + 2) * range + low,
  ];
  const wave = (counter: number, slow: number, fast: number, amplitude: number, phase: number): Wave => {
    const angle = draw(counter, 0, Math.PI);
    return {
      cos: Math.cos(angle),
      sin: Math.sin(angle),
      frequency: draw(counter + 1, slow, fast),
      phase,
      amplitude,
    };
  };

  const angle = draw(1, 0, 2 * Math.PI);
  const from = color(2, 0.1, 0.8);
  const other = color(5, 0.1, 0.8);
  const to: Color = [
    0.5 * from[0] + 0.5 * other[0],
    0.5 * from[1] + 0.5 * other[1],
    0.5 * from[2] + 0.5 * other[2],
  ];
  const clutter = Array.from({ length: BARS }, (_, bar): Bar => {
    const counter = 20 + bar * 10;
    const turn = draw(counter + 2, 0, Math.PI);
    return {
      x: draw(counter, 0, GRID),
      y: draw(counter + 1, 0, GRID),
      cos: Math.cos(turn),
      sin: Math.sin(turn),
      halfLength: draw(counter + 3, 1, 5),
      halfWidth: draw(counter + 4, 0.8, 2.2),
      color: color(counter + 5),
    };
  });

  const background = luminance([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2]);
  const contrast = draw(16, CONTRAST.min, CONTRAST.max);
  const wanted = background > 0.5 ? background - contrast : background + contrast;
  const hue = color(17, 0, 0.8);
  const shift = wanted - luminance(hue);
  const turn = draw(15, -ROTATION, ROTATION);
  const shape = {
    x: GRID / 2 + draw(13, -OFFSET, OFFSET),
    y: GRID / 2 + draw(14, -OFFSET, OFFSET),
    scale: draw(12, SCALE.min, SCALE.max),
    cos: Math.cos(turn),
    sin: Math.sin(turn),
    color: [hue[0] + shift, hue[1] + shift, hue[2] + shift] as const,
    texture: wave(90, 0.6, 1.8, draw(92, 0, TEXTURE_AMPLITUDE), draw(93, 0, FULL_TURN)),
  };

  const across = draw(95, 0, Math.PI);
  const occluder: Bar = {
    x: shape.x + draw(96, -6, 6),
    y: shape.y + draw(97, -6, 6),
    cos: Math.cos(across),
    sin: Math.sin(across),
    halfLength: Infinity,
    halfWidth: draw(98, 0.5, 1.5),
    color: color(99),
  };

  return {
    key,
    label: labelAt(key, classes),
    gradient: { dx: Math.cos(angle), dy: Math.sin(angle), from, to },
    stripes: wave(8, 0.5, 1.6, draw(11, 0, STRIPE_AMPLITUDE), draw(10, 0, 2 * Math.PI)),
    clutter,
    shape,
    occluder: uniformAt(key, 94) < OCCLUSION ? occluder : undefined,
  };
}
