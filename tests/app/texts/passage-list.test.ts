import { describe, expect, it } from "vitest";
import {
  everyPassage,
  listedPassages,
  passageStart,
  passageState,
  type PassageFilter,
} from "../../../src/app/texts/passage-list";
import type { PassageRecord } from "../../../src/stages/data/types";
import type { Continuation } from "../../../src/stages/evaluation/types";

const record = (changes: Partial<PassageRecord>): PassageRecord => ({
  group: "planted",
  kind: "letter",
  id: 0,
  prefix: ["Dear", " Anna", ","],
  suffix: [" the", " red", " mill", "."],
  ...changes,
});
const written = (distance: number): Continuation => ({ strict: false, tokens: [], distance });
const exact: Continuation = { strict: true, tokens: [], distance: 0 };

const records = [
  record({}),
  record({ kind: "essay", id: 1, prefix: ["Each", " granite"] }),
  record({ group: "heldOut", id: 0 }),
  record({ group: "quote", kind: "quote", prefix: ['"Alas', ","], suffix: [" dust"] }),
];
const continuations = [
  exact,
  written(2),
  written(1),
  { strict: false, tokens: undefined, distance: undefined },
];

function positions(filter: Partial<PassageFilter>): number[] {
  return listedPassages(records, continuations, { ...everyPassage, ...filter }).map(
    ({ position }) => position,
  );
}

describe("passageState", () => {
  it("calls a text a near copy up to a quarter of the suffix, that quarter included", () => {
    expect(passageState(record({}), written(1))).toBe("loose");
    expect(passageState(record({}), written(2))).toBe("new");
    expect(passageState(record({}), exact)).toBe("recited");
  });

  it("leaves open what has not been generated", () => {
    expect(passageState(record({}), undefined)).toBe("open");
    expect(passageState(record({}), { strict: false, tokens: undefined, distance: undefined })).toBe("open");
  });
});

describe("listedPassages", () => {
  it("lists all passages with their states while nothing is filtered", () => {
    expect(listedPassages(records, continuations, everyPassage).map(({ state }) => state)).toEqual([
      "recited",
      "new",
      "loose",
      "open",
    ]);
  });

  it("filters by group, genre, state and words, all of which must hold", () => {
    expect(positions({ group: "planted" })).toEqual([0, 1]);
    expect(positions({ kind: "letter" })).toEqual([0, 2]);
    expect(positions({ state: "loose" })).toEqual([2]);
    expect(positions({ kind: "letter", state: "recited" })).toEqual([0]);
    expect(positions({ group: "quote", kind: "letter" })).toEqual([]);
  });

  it("finds words across prefix and suffix whatever their case", () => {
    expect(positions({ words: "GRANITE THE red" })).toEqual([1]);
    expect(positions({ words: "  red mill " })).toEqual([0, 1, 2]);
  });

  it("lists passages before any model has continued them", () => {
    expect(listedPassages(records, undefined, everyPassage).map(({ state }) => state)).toEqual(
      Array.from(records, () => "open"),
    );
  });
});

describe("passageStart", () => {
  it("puts the prefix in one line", () => {
    expect(passageStart(record({ prefix: ["<ul>", "\n", "  <li>", "coal"] }))).toBe("<ul> <li>coal");
  });
});
