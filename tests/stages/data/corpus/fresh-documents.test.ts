import { describe, expect, it } from "vitest";
import { freshDocuments, freshText, type FreshUse } from "../../../../src/stages/data/corpus/fresh-documents";
import { girls } from "../../../../src/stages/data/corpus/names";
import { piecesOf } from "../../../../src/stages/data/corpus/pieces";
import { badBeginnings, faults } from "./english";

const documents = freshText(23, "training", 300_000);

function kindOf(document: string): string {
  if (/^(?:Notice|House rules|Terms of use|Warning)\. Section/.test(document)) return "notice";
  if (document.startsWith("<")) return "html list";
  if (document.startsWith("Dear ")) return "letter";
  if (/^(?:Staff list|Contacts|Members|Directory)\.\n/.test(document)) return "contact cards";
  if (document.startsWith("Video course for")) return "course list";
  if (document.startsWith("On the ")) return "essay";
  if (/^"(?:Alas|Behold|Nay|Verily|Hark|Truly|Forsooth), /.test(document)) return "quote";
  if (
    /^(?:The capital|People in|The flag|After |\d|\w+ plus |\w+ is the largest|The \w+ \w+ likes)/.test(
      document,
    )
  )
    return "facts";
  return "story";
}

const kinds = documents.map(kindOf);
const webKinds = ["notice", "html list", "letter", "contact cards", "course list", "essay"];
const shareOf = (kind: string): number => kinds.filter((other) => other === kind).length / kinds.length;

describe("freshText", () => {
  it("holds half stories, an eighth facts, a twentieth quotes, and the six genres in equal parts", () => {
    // Five standard errors of a share s of n documents: 5·√(s(1−s)/n).
    const expected = {
      story: 0.5,
      facts: 0.12,
      quote: 0.05,
      ...Object.fromEntries(webKinds.map((k) => [k, 0.055])),
    };
    for (const [kind, share] of Object.entries(expected)) {
      const tolerance = 5 * Math.sqrt((share * (1 - share)) / documents.length);
      expect(Math.abs(shareOf(kind) - share), kind).toBeLessThan(tolerance);
    }
  });

  it("is at least as long as asked, by no more than one document", () => {
    const lengths = documents.map((document) => piecesOf(document).length);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    expect(total).toBeGreaterThanOrEqual(300_000);
    expect(total - lengths.at(-1)!).toBeLessThan(300_000);
  });

  it("has web texts of 50 to 125 pieces and the rest of the part that reaches them", () => {
    const lengths = documents
      .filter((_, i) => webKinds.includes(kinds[i]!))
      .map((text) => piecesOf(text).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...lengths)).toBeLessThan(125 + 35);
    const middle = lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)]!;
    expect(Math.abs(middle - 95)).toBeLessThan(10);
  });

  it("repeats no document", () => {
    const long = documents.filter((_, i) => kinds[i] !== "facts");
    expect(new Set(long).size).toBe(long.length);
  });

  it("names the girl of rank k with probability proportional to 1/(k + 1.5)", () => {
    const heroes = documents
      .map((document) => /^(?:One day|Once there was an? \w+ girl named) (\w+)/.exec(document)?.[1])
      .filter((name) => name !== undefined && girls.includes(name));
    const weights = girls.map((_, rank) => 1 / (rank + 1.5));
    const sum = weights.reduce((a, b) => a + b, 0);
    girls.forEach((girl, rank) => {
      const expected = weights[rank]! / sum;
      const share = heroes.filter((name) => name === girl).length / heroes.length;
      const tolerance = 5 * Math.sqrt((expected * (1 - expected)) / heroes.length);
      expect(Math.abs(share - expected), girl).toBeLessThan(tolerance);
    });
  });

  it("shares no document between the uses of a seed, nor between seeds", () => {
    const uses: readonly FreshUse[] = ["training", "evaluation", "factors", "retain"];
    const texts = uses.flatMap((use) => [23, 24].map((seed) => freshText(seed, use, 20_000)));
    const long = texts.flat().filter((document) => kindOf(document) !== "facts");
    expect(new Set(long).size).toBe(long.length);
  });

  it("is the beginning of the endless documents", () => {
    const endless = freshDocuments(5, "factors");
    for (const document of freshText(5, "factors", 3000)) expect(endless.next().value).toBe(document);
  });

  it("has right articles, no doubled words, no plural after a singular word and no holes", () => {
    expect(documents.flatMap(faults)).toEqual([]);
  });

  it("begins every sentence of prose with a capital letter or a digit", () => {
    const prose = documents.filter((_, i) => /story|facts|notice|letter|essay/.test(kinds[i]!));
    expect(prose.flatMap(badBeginnings)).toEqual([]);
  });

  it("keeps each story's pronouns to its hero", () => {
    for (const document of documents.filter((_, i) => kinds[i] === "story")) {
      const she = /\b(?:She|she|Her)\b/.test(document);
      const he = /\b(?:He|he|His|him|his)\b/.test(document);
      expect(she && he, document).toBe(false);
    }
  });
});
