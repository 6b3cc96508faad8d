import { ratioSpread, spread, type Spread } from "./statistics";

/** Something that can be timed again and again. */
export interface Runner {
  readonly name: string;
  /** Runs once and resolves to the milliseconds of one execution. */
  run(): Promise<number>;
  release(): Promise<void>;
}

/** So many floating-point operations, or tokens. */
export interface Work {
  readonly count: number;
  readonly unit: "operations" | "tokens";
}

/** A candidate that may turn out not to run here. */
export interface Candidate {
  readonly name: string;
  /** What one execution does, where a rate means something. */
  readonly work: Work | undefined;
  /** Rejects with the reason if it cannot run here. */
  prepare(): Promise<Runner>;
}

export interface Row {
  readonly name: string;
  /** Milliseconds; undefined if it did not run. */
  readonly time: Spread | undefined;
  /** Work per second of the median time. */
  readonly rate: Work | undefined;
  /** Time over that of the first candidate, round by round. */
  readonly ratio: Spread | undefined;
  /** Measured in the first turn alone, since that took longer than the limit. */
  readonly once: boolean;
  /** Why it did not run. */
  readonly missing: string | undefined;
}

/**
 * Prepares all candidates, then runs them in turns, A B C A B C …, so that a change of load meets all alike. The first
 * turn warms up and is not counted. What takes longer than `limitMs` in it is not run again: that one time counts.
 */
export async function measureSideBySide(
  candidates: readonly Candidate[],
  rounds: number,
  limitMs: number,
  onStep: (text: string) => void,
): Promise<Row[]> {
  const times = candidates.map((): number[] => []);
  const missing = candidates.map((): string | undefined => undefined);
  const runners = new Map<number, Runner>();
  try {
    for (const [i, candidate] of candidates.entries()) {
      onStep(`${candidate.name}: preparing`);
      try {
        const runner = await candidate.prepare();
        const first = await runner.run();
        if (first <= limitMs) runners.set(i, runner);
        else {
          times[i]?.push(first);
          await runner.release();
        }
      } catch (error) {
        missing[i] = error instanceof Error ? error.message : String(error);
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const [i, runner] of runners) {
        onStep(`${runner.name}: round ${round + 1} of ${rounds}`);
        times[i]?.push(await runner.run());
      }
    }
  } finally {
    for (const runner of runners.values()) await runner.release();
  }
  const [base = []] = times;
  return candidates.map(({ name, work }, i) => {
    const own = times[i] ?? [];
    const time = own.length > 0 ? spread(own) : undefined;
    return {
      name,
      time,
      rate: time && work && { ...work, count: (1000 * work.count) / time.median },
      ratio: ratioTo(own, base),
      once: time !== undefined && !runners.has(i),
      missing: missing[i],
    };
  });
}

/** Round by round where both ran in every round, else of the medians. */
function ratioTo(own: readonly number[], base: readonly number[]): Spread | undefined {
  if (own.length === 0 || base.length === 0) return undefined;
  if (own.length === base.length) return ratioSpread(own, base);
  const ratio = spread(own).median / spread(base).median;
  return { median: ratio, min: ratio, max: ratio };
}
