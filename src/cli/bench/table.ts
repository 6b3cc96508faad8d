import type { Row, Work } from "./measure";
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

function rateText({ count, unit }: Work): string {
  return unit === "operations" ? `${figure(count / 1e9)} GFLOP/s` : `${figure(count)} tokens/s`;
}

function threeOf({ median, min, max }: Spread): string {
  return `${figure(median).padStart(8)} ${`${figure(min)}..${figure(max)}`.padStart(16)}`;
}

/** Whether a group's goal was reached; undefined if it has none or what it is about did not run. */
export function goalReached({ group, rows }: Measured): boolean | undefined {
  const [first, second] = rows;
  const ratio = second?.ratio?.median;
  if (group.atMostRatio !== undefined && ratio !== undefined) return ratio <= group.atMostRatio;
  if (group.atLeastRatio !== undefined && ratio !== undefined) return ratio >= group.atLeastRatio;
  if (group.atMostMs !== undefined && first?.time) return first.time.median <= group.atMostMs;
  return undefined;
}

function goalLine(measured: Measured): string | undefined {
  const reached = goalReached(measured);
  return reached === undefined
    ? undefined
    : `  goal: ${goalText(measured.group)}: ${reached ? "reached" : "missed"}`;
}

function goalText({ atMostRatio, atLeastRatio, atMostMs }: Group): string {
  if (atMostRatio !== undefined) return `ratio at most ${atMostRatio}`;
  if (atLeastRatio !== undefined) return `ratio at least ${atLeastRatio}`;
  return `at most ${String(atMostMs)} ms`;
}

const labelWidth = 40;

export const tableHead = `${"".padEnd(labelWidth + 2)}${"ms".padStart(8)} ${"min..max".padStart(16)}  ${"ratio".padStart(8)} ${"min..max".padStart(16)}      rate`;

/** One group as lines of text: its title, a line for every candidate, its goal and note. */
export function groupLines(measured: Measured): string[] {
  const { group, rows } = measured;
  const lines = rows.map(({ name, time, ratio, rate, once, missing }) => {
    const label = `  ${name.padEnd(labelWidth)}`;
    if (!time) return `${label}      –   ${missing ?? "not run"}`;
    const compared = ratio ? threeOf(ratio) : "";
    return `${label}${threeOf(time)}  ${once ? `${compared}  first run alone` : compared}  ${rate ? rateText(rate) : ""}`.trimEnd();
  });
  const note = group.note === undefined ? undefined : `  ${group.note}`;
  return [group.title, ...lines, goalLine(measured), note].filter((line) => line !== undefined);
}
