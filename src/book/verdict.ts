import type { Card, Check } from "./card";
import { differenceText, distinctTexts } from "./format";
import type { BookRun } from "./run";

export type Outcome = "holds" | "fails" | "unknown";

export interface Judged {
  readonly outcome: Outcome;
  /** The claim with the numbers that decided it. */
  readonly text: string;
}

export interface Verdict {
  readonly grade: "shown" | "partly" | "not" | "open";
  /** The verdict in a few words: `Partly shown: 2 of 3 claims hold`. */
  readonly text: string;
  readonly judged: readonly Judged[];
}

const signs: Readonly<Record<Outcome, string>> = {
  holds: "holds",
  fails: "does not hold",
  unknown: "not computed",
};

function judge(check: Check, run: BookRun | undefined): Judged {
  const left = run === undefined ? undefined : check.left(run);
  const right = run === undefined ? undefined : check.right(run);
  const known = left !== undefined && right !== undefined && Number.isFinite(left) && Number.isFinite(right);
  if (!known) return { outcome: "unknown", text: `${check.claim}: ${signs.unknown}` };
  const { margin = 0 } = check;
  const outcome = (check.relation === "below" ? right - left : left - right) > margin ? "holds" : "fails";
  const [first, second] = distinctTexts(left, right, check.unit);
  return {
    outcome,
    text: `${check.claim}: ${signs[outcome]}, ${first} ${howFar(check, outcome)} ${second}`,
  };
}

/** `below`, `not more than 2.0 points above`; of a margin below 0 `at most 2.0 points above`. */
function howFar({ relation, margin = 0, unit }: Check, outcome: "holds" | "fails"): string {
  const not = outcome === "holds" ? "" : "not ";
  if (margin === 0) return `${not}${relation}`;
  const gap = differenceText(Math.abs(margin), unit);
  if (margin > 0) return `${not}more than ${gap} ${relation}`;
  const other = relation === "below" ? "above" : "below";
  return `${outcome === "holds" ? "no more than" : "more than"} ${gap} ${other}`;
}

/**
 * The verdict on a card's claim. All checks hold: shown. None of those computed holds: not shown. Anything between, or
 * a check that could not be computed beside others that hold: partly. Nothing computed: open.
 */
export function verdictOf({ checks }: Pick<Card, "checks">, run: BookRun | undefined): Verdict {
  const judged = checks.map((check) => judge(check, run));
  const count = (outcome: Outcome): number => judged.filter((one) => one.outcome === outcome).length;
  const [held, open] = [count("holds"), count("unknown")];
  const of = `${String(held)} of ${String(checks.length)} ${checks.length === 1 ? "claim holds" : "claims hold"}`;
  const rest = open === 0 ? "" : `, ${String(open)} not computed`;
  if (open === checks.length) return { grade: "open", text: "Not computed yet", judged };
  if (held === checks.length) return { grade: "shown", text: `Shown here: ${of}`, judged };
  if (held === 0) return { grade: "not", text: `Not shown here: ${of}${rest}`, judged };
  return { grade: "partly", text: `Partly shown here: ${of}${rest}`, judged };
}
