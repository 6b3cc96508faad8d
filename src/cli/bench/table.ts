import type { Row } from "./measure";
import type { Group } from "./plan";
import type { Spread } from "./statistics";

export interface Measured {
  readonly group: Group;
  readonly rows: readonly Row[];
}

/** Three digits that count, without exponents. */
export function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

function threeOf({ median, min, max }: Spread): string {
  return `${figure(median).padStart(8)} ${`${figure(min)}..${figure(max)}`.padStart(16)}`;
}

/** Whether a group's goal was reached; undefined if it has none or what it is about did not run. */
export function goalReached({ group, rows }: Measured): boolean | undefined {
  const [first, second] = rows;
  if (group.atMostRatio !== undefined && second?.ratio) return second.ratio.median <= group.atMostRatio;
  if (group.atMostMs !== undefined && first?.time) return first.time.median <= group.atMostMs;
  return undefined;
}

function goalLine(measured: Measured): string | undefined {
  const { atMostRatio, atMostMs } = measured.group;
  const reached = goalReached(measured);
  if (reached === undefined) return undefined;
  const goal =
    atMostRatio === undefined ? `at most ${String(atMostMs)} ms` : `ratio at most ${String(atMostRatio)}`;
  return `  goal: ${goal}: ${reached ? "reached" : "missed"}`;
}

export const tableHead = `${"".padEnd(34)}${"ms".padStart(8)} ${"min..max".padStart(16)}  ${"ratio".padStart(8)} ${"min..max".padStart(16)}  GFLOP/s`;

/** One group as lines of text: its title, a line for every candidate, its goal and note. */
export function groupLines(measured: Measured): string[] {
  const { group, rows } = measured;
  const lines = rows.map(({ name, time, ratio, gflops, once, missing }) => {
    const label = `  ${name.padEnd(32)}`;
    if (!time) return `${label}      –   ${missing ?? "not run"}`;
    const compared = ratio ? threeOf(ratio) : "";
    return `${label}${threeOf(time)}  ${once ? `${compared}  first run alone` : compared}  ${gflops === undefined ? "" : figure(gflops).padStart(7)}`.trimEnd();
  });
  const note = group.note === undefined ? undefined : `  ${group.note}`;
  return [group.title, ...lines, goalLine(measured), note].filter((line) => line !== undefined);
}
