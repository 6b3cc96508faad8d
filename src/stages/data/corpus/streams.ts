import { RandomStream } from "../../../tensor/random";
import { Draw } from "./draw";

/** One stream of random numbers for each use of a seed, so that no two uses share text. */
const STREAMS = {
  training: 1,
  evaluation: 2,
  factors: 3,
  retain: 4,
  planted: 5,
  heldOut: 6,
  quotes: 7,
  order: 8,
} as const;

export type StreamUse = keyof typeof STREAMS;

export function streamOf(seed: number, use: StreamUse): RandomStream {
  return new RandomStream(seed, STREAMS[use]);
}

/** Draws of fresh text: a few words are likely. */
export function freshDraw(seed: number, use: StreamUse): Draw {
  return new Draw(streamOf(seed, use), "zipf");
}

/** Draws of text to be memorized: all words are alike, and nothing but memory can continue it. */
export function unguessableDraw(seed: number, use: StreamUse): Draw {
  return new Draw(streamOf(seed, use), "uniform");
}
