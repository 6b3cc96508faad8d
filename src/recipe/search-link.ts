import type { LinearRole } from "../stages/model/types";
import { distinct, integer, list, number, oneOf, record, type Check } from "./check";
import { layerSetKinds, type SearchSpec } from "./search";

/** A search as it stands in the page's address. */
export interface SearchChoice extends SearchSpec {
  /** Least ability of an edit that is ranked; the usual one if left out. */
  readonly floor?: number;
}

const roles = [
  "query",
  "key",
  "value",
  "attention-output",
  "gate",
  "up",
  "down",
  "fc1",
  "fc2",
] as const satisfies readonly LinearRole[];
/** More strengths of one method than anyone tells apart. */
const mostStrengths = 40;
const share = number(0, 1);
const strengths = list(share, 0, mostStrengths);

export const searchChoice: Check<SearchChoice> = record<SearchChoice>(
  {
    roles: distinct(list(oneOf(...roles), 1, roles.length)),
    sets: distinct(list(oneOf(...layerSetKinds), 1, layerSetKinds.length)),
    largest: integer(1, 100),
    energies: strengths,
    keeps: strengths,
    floor: share,
  },
  ["floor"],
);

/** `fc1,fc2:prefixes,ends:2:0.8,0.9:0.1:0.75`: roles, sets, largest subset, energies, kept shares, and the floor if any. */
export function searchText({ roles, sets, largest, energies, keeps, floor }: SearchChoice): string {
  const parts = [roles.join(), sets.join(), String(largest), energies.join(), keeps.join()];
  return [...parts, ...(floor === undefined ? [] : [String(floor)])].join(":");
}

/** A search as it came in an address. */
export const linkedSearch: Check<SearchChoice> = (value, path, faults) => {
  const parts = typeof value === "string" ? value.split(":") : [];
  if (parts.length < 5 || parts.length > 6) {
    faults.push({
      path,
      message: "expected roles:sets:largest:energies:shares, e.g. fc2:prefixes:2:0.8,0.9:0.1",
    });
    return undefined;
  }
  const [asked = "", sets = "", largest = "", energies = "", keeps = "", floor] = parts;
  const words = (text: string): string[] => (text === "" ? [] : text.split(","));
  const numbers = (text: string): number[] => words(text).map(numberOf);
  const choice = {
    roles: words(asked),
    sets: words(sets),
    largest: numberOf(largest),
    energies: numbers(energies),
    keeps: numbers(keeps),
    ...(floor === undefined ? {} : { floor: numberOf(floor) }),
  };
  return searchChoice(choice, path, faults);
};

/** Nothing and words are no numbers. */
function numberOf(text: string): number {
  return /^\d+(\.\d+)?(e-?\d+)?$/.test(text) ? Number(text) : NaN;
}
