import { describe, expect, it } from "vitest";
import {
  capitalized,
  participle,
  past,
  plural,
  withArticle,
} from "../../../../src/stages/data/corpus/inflection";
import { countedObjects } from "../../../../src/stages/data/corpus/nouns";
import { clericals, dispatches, handlings } from "../../../../src/stages/data/corpus/verbs";

const plurals =
  `books balls boxes lamps maps keys bells clocks baskets coins kites chairs ropes cups hats boats drums
  jars`.split(/\s+/);

/** Written by hand: base past participle. */
const forms =
  `carry carried carried, find found found, hold held held, paint painted painted, move moved moved,
  clean cleaned cleaned, hide hid hidden, repair repaired repaired, keep kept kept, share shared shared, sell sold sold,
  watch watched watched, lift lifted lifted, bring brought brought, pull pulled pulled, wash washed washed,
  guard guarded guarded, measure measured measured, borrow borrowed borrowed, count counted counted,
  collect collected collected, return returned returned, deliver delivered delivered, remove removed removed,
  replace replaced replaced, describe described described, polish polished polished, examine examined examined,
  restore restored restored, label labeled labeled, weigh weighed weighed, buy bought bought, lend lent lent,
  store stored stored, test tested tested, mend mended mended, mark marked marked, sign signed signed,
  print printed printed, copy copied copied, read read read, file filed filed, submit submitted submitted,
  approve approved approved, review reviewed reviewed, publish published published, seal sealed sealed,
  stamp stamped stamped, translate translated translated, correct corrected corrected, renew renewed renewed,
  check checked checked, sort sorted sorted, post posted posted, answer answered answered, send sent sent,
  show showed shown, offer offered offered, mail mailed mailed, give gave given`
    .split(",")
    .map((line) => line.trim().split(" ") as [string, string, string]);

describe("inflection", () => {
  it("knows the plural of everything that is counted", () => {
    expect(countedObjects.map(plural)).toEqual(plurals);
  });

  it("knows plurals of other endings", () => {
    expect(["brush", "witch", "city", "donkey", "mouse", "sheep", "fox"].map(plural)).toEqual([
      "brushes",
      "witches",
      "cities",
      "donkeys",
      "mice",
      "sheep",
      "foxes",
    ]);
  });

  it("knows past and participle of every verb of the corpus", () => {
    for (const [base, ...expected] of forms) expect([past(base), participle(base)], base).toEqual(expected);
    const known = new Set(forms.map(([base]) => base));
    expect([...handlings, ...clericals, ...dispatches].filter((verb) => !known.has(verb))).toEqual([]);
  });

  it("chooses the article by sound", () => {
    const phrases = [
      "old hat",
      "honest cook",
      "useful key",
      "empty box",
      "honey pie",
      "urgent list",
      "Essay",
    ];
    expect(phrases.map(withArticle)).toEqual([
      "an old hat",
      "an honest cook",
      "a useful key",
      "an empty box",
      "a honey pie",
      "an urgent list",
      "an Essay",
    ]);
  });

  it("capitalizes the first letter alone", () => {
    expect(capitalized("a small Cat")).toBe("A small Cat");
  });
});
