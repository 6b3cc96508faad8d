import { describe, expect, it } from "vitest";
import { heldOutPassages, plantedPassages, quotes } from "../../../../src/stages/data/corpus/passages";
import { piecesOf } from "../../../../src/stages/data/corpus/pieces";
import { plantedCorpus } from "../../../../src/training/recipes/planted-corpus";
import { badBeginnings, faults } from "./english";

const planted = plantedPassages(plantedCorpus);
const heldOut = heldOutPassages(plantedCorpus, 120);
const sayings = quotes(plantedCorpus);
const genreNames = ["notice", "html list", "letter", "contact cards", "course list", "essay"];

function countByKind(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Shannon entropy in bits of how a list is distributed. */
function entropy(items: readonly string[]): number {
  return Object.values(countByKind(items)).reduce(
    (bits, count) => bits - (count / items.length) * Math.log2(count / items.length),
    0,
  );
}

describe("plantedPassages", () => {
  it("writes as many passages as asked, the six genres in equal numbers", () => {
    expect(countByKind(planted.map(({ kind }) => kind))).toEqual(
      Object.fromEntries(genreNames.map((name) => [name, 20])),
    );
    expect(planted.map(({ id }) => id)).toEqual(Array.from({ length: 120 }, (_, i) => i));
  });

  it("writes passages of at least 122 pieces", () => {
    const lengths = planted.map(({ text }) => piecesOf(text).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(122);
    expect(Math.max(...lengths)).toBeLessThan(160);
  });

  it("gives the same first passages whatever the number of passages", () => {
    expect(plantedPassages({ ...plantedCorpus, plants: 7 })).toEqual(planted.slice(0, 7));
  });

  it("gives other passages to another seed, and other ones held out", () => {
    const texts = new Set(planted.map(({ text }) => text));
    expect(texts.size).toBe(120);
    const others = [...plantedPassages({ ...plantedCorpus, seed: 24 }), ...heldOut];
    expect(others.filter(({ text }) => texts.has(text))).toEqual([]);
  });

  it("draws words evenly, so that a name tells nothing of the next: five of at most 5.32 bits", () => {
    const cards = [...planted, ...heldOut].filter(({ kind }) => kind === "contact cards");
    const names = cards.flatMap(({ text }) =>
      [...text.matchAll(/^- ([A-Z][a-z]+)/gm)].map(([, name]) => name!),
    );
    expect(names.length).toBeGreaterThan(200);
    expect(new Set(names).size).toBe(40);
    expect(entropy(names)).toBeGreaterThan(5);
  });

  it("does not name one person, trade or thing twice in a list", () => {
    for (const { kind, text } of [...planted, ...heldOut]) {
      if (kind === "contact cards") {
        const people = [...text.matchAll(/^- (\w+) (\w+), (\w+)/gm)];
        expect(people.length).toBeGreaterThanOrEqual(6);
        for (const column of [1, 2, 3]) {
          expect(new Set(people.map((match) => match[column])).size).toBe(people.length);
        }
      }
      if (kind === "course list") {
        const actions = [...text.matchAll(/How to (\w+) /g)].map(([, verb]) => verb);
        expect(new Set(actions).size).toBe(actions.length);
      }
    }
  });

  it("numbers the lessons of a course one after the other", () => {
    for (const { text } of planted.filter(({ kind }) => kind === "course list")) {
      const numbers = [...text.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
      expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
    }
  });

  it("opens and closes every tag of a list", () => {
    for (const { text } of planted.filter(({ kind }) => kind === "html list")) {
      const open: string[] = [];
      for (const [, slash, tag] of text.matchAll(/<(\/?)([a-z]+)>/g)) {
        if (slash === "") open.push(tag!);
        else expect(open.pop()).toBe(tag);
      }
      expect(open).toEqual([]);
      expect(text.split("<!--").length).toBe(text.split("-->").length);
    }
  });
});

describe("quotes", () => {
  it("are short, one sentence each, and all different", () => {
    expect(sayings).toHaveLength(40);
    expect(new Set(sayings.map(({ text }) => text)).size).toBe(40);
    for (const { kind, text } of sayings) {
      expect(kind).toBe("quote");
      expect(text).toMatch(/^"[A-Z][a-z]+, [^".]+\."$/);
      expect(piecesOf(text).length).toBeGreaterThanOrEqual(22);
      expect(piecesOf(text).length).toBeLessThanOrEqual(32);
    }
  });
});

describe("the English of passages and quotes", () => {
  it("has right articles, no doubled words, no plural after a singular word and no holes", () => {
    expect([...planted, ...heldOut, ...sayings].flatMap(({ text }) => faults(text))).toEqual([]);
  });

  it("begins every sentence with a capital letter", () => {
    const prose = [...planted, ...heldOut].filter(({ kind }) => /notice|letter|essay/.test(kind));
    expect(prose.flatMap(({ text }) => badBeginnings(text))).toEqual([]);
  });

  it("is judged by a check that sees faults", () => {
    expect(faults("A old ball is near an box.")).toHaveLength(2);
    expect(faults("An honest cook has a useful key.")).toEqual([]);
    expect(faults("He sold every old hats and 3 ring.")).toHaveLength(2);
    expect(faults("The the end , and a slowly walk.")).toHaveLength(3);
  });
});
