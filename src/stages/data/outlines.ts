/**
 * Outlines of the ten classes as signed distances in unit coordinates: positive inside, x to the right, y down.
 * Near the outline the value is the distance to it (approximately for heart and hourglass), which is what the
 * anti-aliasing of `shapes.ts` needs.
 */
export const classNames: readonly string[] = [
  "circle",
  "square",
  "triangle",
  "star",
  "plus",
  "heart",
  "ring",
  "moon",
  "arrow",
  "hourglass",
];

/** cos 30°, 45° as written into the data set: more digits would move pixels. */
const COS_30 = 0.8660254;
const COS_45 = 0.7071;

/** One fifth of a turn: the star repeats after it. */
const STAR_TURN = (2 * Math.PI) / 5;
/** Vector from the star's tip (1, 0) to its notch at radius 0.42, 36° on. */
const STAR_EDGE_X = 0.42 * Math.cos(Math.PI / 5) - 1;
const STAR_EDGE_Y = 0.42 * Math.sin(Math.PI / 5);
const STAR_EDGE = Math.sqrt(STAR_EDGE_X * STAR_EDGE_X + STAR_EDGE_Y * STAR_EDGE_Y);

function triangle(x: number, y: number): number {
  const left = 0.5 - (-COS_30 * x - 0.5 * y);
  const right = 0.5 - (COS_30 * x - 0.5 * y);
  return Math.min(0.55 - y, right, left);
}

function star(x: number, y: number): number {
  const radius = Math.sqrt(x * x + y * y);
  const angle = Math.atan2(x, -y);
  // Folded into one half of a ray: 0 at a tip, 36° at a notch.
  const folded = Math.abs(angle - STAR_TURN * Math.floor(angle / STAR_TURN + 0.5));
  const px = radius * Math.cos(folded);
  const py = radius * Math.sin(folded);
  return -(STAR_EDGE_X * py - STAR_EDGE_Y * (px - 1)) / STAR_EDGE;
}

function heart(x: number, y: number): number {
  const ax = Math.abs(x);
  const lobe = 0.48 - Math.sqrt((ax - 0.4) ** 2 + (y + 0.3) ** 2);
  const tip = Math.min(0.62 - (COS_45 * ax + COS_45 * y), 0.3 + y);
  return Math.max(lobe, tip);
}

function arrow(x: number, y: number): number {
  const ax = Math.abs(x);
  const head = Math.min(0.66 - (COS_45 * ax - COS_45 * y), 0.05 - y);
  const stem = Math.min(0.24 - ax, 0.9 - y, y + 0.3);
  return Math.max(head, stem);
}

/** Signed distance of a point from the outline of class `label`, an index into `classNames`. */
export function outlineDistance(label: number, x: number, y: number): number {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  switch (label) {
    case 0:
      return 0.82 - Math.sqrt(x * x + y * y);
    case 1:
      return 0.74 - Math.max(ax, ay);
    case 2:
      return triangle(x, y);
    case 3:
      return star(x, y);
    case 4:
      return Math.max(Math.min(0.27 - ax, 0.9 - ay), Math.min(0.9 - ax, 0.27 - ay));
    case 5:
      return heart(x, y);
    case 6:
      return 0.21 - Math.abs(Math.sqrt(x * x + y * y) - 0.66);
    case 7:
      return Math.min(0.9 - Math.sqrt(x * x + y * y), Math.sqrt((x - 0.42) ** 2 + (y + 0.08) ** 2) - 0.7);
    case 8:
      return arrow(x, y);
    case 9:
      return Math.min(0.82 - ay, (ay * 0.9 + 0.06 - ax) * 0.75);
    default:
      throw new RangeError(
        `outlineDistance: expected a class 0..${String(classNames.length - 1)}, got ${String(label)}`,
      );
  }
}
