/**
 * Which pairs (i, j) of eigenvalues are kept when pairs are taken by λᵢμⱼ, largest first, ties by i and then by j.
 * With λ and μ descending the kept set is a staircase: of column i the first J(i) partners, J not rising. It is found by
 * bisection on the threshold with a two-pointer pass over the boundary, O((m + n)·64) instead of sorting m·n products.
 * Products of two float32 numbers are exact in float64, so ties are ties.
 */
export interface Staircase {
  /** J(i), of λ's length: the pairs (i, j < J(i)) are kept. */
  readonly keep: Uint32Array<ArrayBuffer>;
  /** Σ J(i). */
  readonly pairs: number;
  /** Directions of A that occur in a kept pair: the first of them. */
  readonly keptInputs: number;
  /** Directions of G that occur in a kept pair: the first of them. */
  readonly keptOutputs: number;
  /** Smallest kept product; Infinity if none is kept. */
  readonly threshold: number;
  /** Share of Σλμ in the kept pairs, 0..1; 1 if Σλμ is 0. */
  readonly keptEnergy: number;
}

/** A sum this close below its target has reached it: what is missing is rounding, of the sums or of a decimal energy. */
const ROUNDING = 2 ** -40;

/**
 * Takes pairs until their sum reaches `energy`·Σλμ; the pair that crosses is kept.
 * Energy 0 keeps no pair. Energy 1 keeps every pair, those with product 0 too, so that it changes nothing.
 */
export function staircaseByEnergy(lambda: Float32Array, mu: Float32Array, energy: number): Staircase {
  if (!(energy >= 0 && energy <= 1)) {
    throw new RangeError(`energy: expected a kept share from 0 to 1, got ${energy}`);
  }
  const spectrum = checkedSpectrum(lambda, mu);
  const all = lambda.length * mu.length;
  if (energy === 1) return staircaseOfCount(spectrum, all);
  const target = energy * spectrum.total * (1 - ROUNDING);
  if (!(target > 0)) return staircaseOfCount(spectrum, 0);
  const threshold = largestThreshold((t) => measure(spectrum, t, false).energy >= target);
  const above = measure(spectrum, threshold, true);
  const ties = measure(spectrum, threshold, false).pairs - above.pairs;
  let taken = Math.min(ties, Math.max(1, Math.ceil((target - above.energy) / threshold)));
  while (taken > 1 && above.energy + (taken - 1) * threshold >= target) taken--;
  while (taken < ties && above.energy + taken * threshold < target) taken++;
  return staircaseOfCount(spectrum, above.pairs + taken, threshold);
}

/** Takes the first `count` pairs. */
export function staircaseByCount(lambda: Float32Array, mu: Float32Array, count: number): Staircase {
  if (!Number.isInteger(count) || count < 0 || count > lambda.length * mu.length) {
    throw new RangeError(
      `pairs: expected a whole number from 0 to ${lambda.length * mu.length}, got ${count}`,
    );
  }
  return staircaseOfCount(checkedSpectrum(lambda, mu), count);
}

interface PairSpectrum {
  readonly lambda: Float32Array;
  readonly mu: Float32Array;
  /** sumOfMu[j] = μ₀ + … + μ₍ⱼ₋₁₎. */
  readonly sumOfMu: Float64Array;
  readonly total: number;
}

function checkedSpectrum(lambda: Float32Array, mu: Float32Array): PairSpectrum {
  checkDescending("λ", lambda);
  checkDescending("μ", mu);
  const sumOfMu = new Float64Array(mu.length + 1);
  for (let j = 0; j < mu.length; j++) sumOfMu[j + 1] = (sumOfMu[j] ?? 0) + (mu[j] ?? 0);
  const spectrum = { lambda, mu, sumOfMu, total: 0 };
  return { ...spectrum, total: measure(spectrum, 0, false).energy };
}

function checkDescending(name: string, values: Float32Array): void {
  let before = Infinity;
  for (const [i, value] of values.entries()) {
    if (!(value >= 0 && value <= before && value < Infinity)) {
      throw new RangeError(
        `eigenvalues ${name}: expected finite, descending values of at least 0, got ${value} at ${i} after ${before}`,
      );
    }
    before = value;
  }
}

/** Number and sum of the pairs with λᵢμⱼ above t, or at least t. J(i) only falls as i grows, so both ends move once. */
function measure(
  { lambda, mu, sumOfMu }: Omit<PairSpectrum, "total">,
  t: number,
  strict: boolean,
): { pairs: number; energy: number } {
  let j = mu.length;
  let pairs = 0;
  let energy = 0;
  for (const value of lambda) {
    j = boundary(mu, value, j, t, strict);
    if (j === 0) break;
    pairs += j;
    energy += value * (sumOfMu[j] ?? 0);
  }
  return { pairs, energy };
}

/** How many leading μ have λμ above t (or at least t), at most `limit`. */
function boundary(mu: Float32Array, lambda: number, limit: number, t: number, strict: boolean): number {
  let j = limit;
  if (strict) while (j > 0 && lambda * (mu[j - 1] ?? 0) <= t) j--;
  else while (j > 0 && lambda * (mu[j - 1] ?? 0) < t) j--;
  return j;
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/**
 * The largest float64 t ≥ 0 with reaches(t), where `reaches` holds up to some t and fails from there on; 0 if it holds
 * nowhere above. Numbers of one sign are ordered like their bits, so halving the bits takes 63 steps at most.
 */
function largestThreshold(reaches: (t: number) => boolean): number {
  let low = 0n;
  float[0] = Infinity;
  let high = bits[0] ?? 0n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    bits[0] = middle;
    if (reaches(float[0])) low = middle;
    else high = middle;
  }
  bits[0] = low;
  return float[0];
}

/** The first `count` pairs; `known` is the product of the last of them, if the caller has found it already. */
function staircaseOfCount(spectrum: PairSpectrum, count: number, known?: number): Staircase {
  const { lambda, mu, sumOfMu, total } = spectrum;
  const keep = new Uint32Array(lambda.length);
  if (count === 0) {
    const keptEnergy = total === 0 ? 1 : 0;
    return { keep, pairs: 0, keptInputs: 0, keptOutputs: 0, threshold: Infinity, keptEnergy };
  }
  const threshold = known ?? largestThreshold((t) => measure(spectrum, t, false).pairs >= count);
  let ties = count - measure(spectrum, threshold, true).pairs;
  let above = mu.length;
  let atLeast = mu.length;
  let keptInputs = 0;
  let energy = 0;
  for (let i = 0; i < lambda.length; i++) {
    const value = lambda[i] ?? 0;
    above = boundary(mu, value, above, threshold, true);
    atLeast = boundary(mu, value, atLeast, threshold, false);
    const taken = Math.min(ties, atLeast - above);
    ties -= taken;
    keep[i] = above + taken;
    if (above + taken > 0) keptInputs = i + 1;
    energy += value * (sumOfMu[above + taken] ?? 0);
  }
  const keptEnergy = total === 0 ? 1 : energy / total;
  return { keep, pairs: count, keptInputs, keptOutputs: keep[0] ?? 0, threshold, keptEnergy };
}
