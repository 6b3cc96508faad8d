import type { Passage, PassageGroup, PassageRecord } from "../../stages/data/types";
import type { Continuation } from "../../stages/evaluation/types";

/** `recited`: exactly; `loose`: nearly, a quarter of the suffix differs at most; `new`: another text; `open`: not known yet. */
export type PassageState = "recited" | "loose" | "new" | "open";

/** What a model makes of a passage. Whether a text that is not recited is near to it shows once it is generated. */
export function passageState(
  { suffix }: PassageRecord,
  continuation: Continuation | undefined,
): PassageState {
  if (continuation?.strict === true) return "recited";
  if (continuation?.distance === undefined) return "open";
  // 1 − d/|S| ≥ 0.75, in whole tokens.
  return 4 * continuation.distance <= suffix.length ? "loose" : "new";
}

export interface PassageFilter {
  readonly group: PassageGroup | "all";
  readonly kind: Passage["kind"] | "all";
  readonly state: PassageState | "all";
  /** Part of the passage's text; case does not matter. */
  readonly words: string;
}

export const everyPassage: PassageFilter = { group: "all", kind: "all", state: "all", words: "" };

export interface ListedPassage {
  /** Among all passages. */
  readonly position: number;
  readonly record: PassageRecord;
  readonly state: PassageState;
}

/** The passages a filter leaves, in their order, with what the model makes of them. */
export function listedPassages(
  records: readonly PassageRecord[],
  continuations: readonly Continuation[] | undefined,
  filter: PassageFilter,
): ListedPassage[] {
  const words = filter.words.trim().toLowerCase();
  return records.flatMap((record, position) => {
    const state = passageState(record, continuations?.[position]);
    const listed =
      (filter.group === "all" || record.group === filter.group) &&
      (filter.kind === "all" || record.kind === filter.kind) &&
      (filter.state === "all" || state === filter.state) &&
      (words === "" || passageText(record).toLowerCase().includes(words));
    return listed ? [{ position, record, state }] : [];
  });
}

/** Prefix and suffix as one text. */
export function passageText({ prefix, suffix }: PassageRecord): string {
  return [...prefix, ...suffix].join("");
}

/** The beginning of a passage in one line. */
export function passageStart({ prefix }: PassageRecord): string {
  return prefix.join("").replace(/\s+/g, " ").trim();
}

export const groupNames: Readonly<Record<PassageGroup, string>> = {
  planted: "planted",
  heldOut: "held out",
  quote: "quote",
};

/** Sign and word of every state: neither needs colour to be told from the others. */
export const stateStyles: Readonly<Record<PassageState, { readonly sign: string; readonly name: string }>> = {
  recited: { sign: "●", name: "recited" },
  loose: { sign: "◐", name: "near copy" },
  new: { sign: "○", name: "new text" },
  open: { sign: "…", name: "not known yet" },
};
