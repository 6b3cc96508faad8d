import { superscript } from "./number-format";

/** Where index k of a descending spectrum lies on an axis of the λμ plane. */
export type PlaneScale = "rank" | "log-rank" | "eigenvalue";

/** Eigenvalues below this share of the largest share the end of the eigenvalue scale. */
const LOWEST = 1e-8;

/**
 * Edges of the cells 0..n-1 as shares 0..1 of the axis: cell k reaches from edge k to edge k + 1. On the eigenvalue
 * scale edges lie halfway (in the logarithm) between neighbours, so a line of equal products is straight.
 */
export function cellEdges(values: Float32Array, scale: PlaneScale): Float64Array {
  const n = values.length;
  const edges = new Float64Array(n + 1);
  const place = scale === "eigenvalue" ? eigenvaluePlaces(values) : undefined;
  for (let k = 1; k < n; k++) {
    if (place) edges[k] = ((place[k - 1] ?? 0) + (place[k] ?? 0)) / 2;
    else edges[k] = scale === "rank" ? k / n : Math.log(k + 1) / Math.log(n + 1);
  }
  edges[n] = 1;
  return edges;
}

/** The cell that holds a share 0..1 of the axis; cells without width are passed over. */
export function cellAt(edges: Float64Array, share: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle + 1] ?? 1) > share) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** log(λ₀ / λ_k) over log(1 / LOWEST), at most 1; a spectrum that falls less is stretched to fill the axis. */
function eigenvaluePlaces(values: Float32Array): Float64Array {
  const largest = values[0] ?? 0;
  const decades = Float64Array.from(values, (value) =>
    value > 0 ? Math.min(Math.log(largest / value), -Math.log(LOWEST)) : -Math.log(LOWEST),
  );
  const reach = decades.at(-1) ?? 0;
  return reach > 0 ? decades.map((decade) => decade / reach) : decades;
}

export interface PlaneTick {
  /** Share 0..1 of the axis. */
  readonly at: number;
  readonly label: string;
}

/** Ticks of an axis; ranks count from 1. */
export function planeTicks(values: Float32Array, edges: Float64Array, scale: PlaneScale): PlaneTick[] {
  const n = values.length;
  if (n === 0) return [];
  if (scale === "eigenvalue") return eigenvalueTicks(values);
  const ranks = scale === "rank" ? linearRanks(n) : powersOfTen(n);
  return ranks.map((rank) => ({
    at: ((edges[rank - 1] ?? 0) + (edges[rank] ?? 1)) / 2,
    label: String(rank),
  }));
}

/** Powers of ten of the share of the largest eigenvalue, at most five. */
function eigenvalueTicks(values: Float32Array): PlaneTick[] {
  const largest = values[0] ?? 0;
  const last = values.at(-1) ?? 0;
  if (!(largest > 0)) return [];
  const reach = Math.min(last > 0 ? Math.log10(largest / last) : Infinity, -Math.log10(LOWEST));
  if (!(reach > 0)) return [{ at: 0, label: "1" }];
  const step = Math.max(1, Math.ceil(reach / 4));
  const ticks = [{ at: 0, label: "1" }];
  for (let decade = step; decade <= reach; decade += step) {
    ticks.push({ at: decade / reach, label: `10${superscript(-decade)}` });
  }
  return ticks;
}

function linearRanks(n: number): number[] {
  const rough = n / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1));
  const ranks = [1];
  for (let rank = step; rank <= n; rank += step) if (rank > 1) ranks.push(rank);
  return ranks;
}

function powersOfTen(n: number): number[] {
  const ranks = [];
  for (let rank = 1; rank <= n; rank *= 10) ranks.push(rank);
  return ranks;
}
