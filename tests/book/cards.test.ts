import { describe, expect, it } from "vitest";
import { about } from "../../src/book/card";
import { beyondCards, cards, paperCards } from "../../src/book/cards";
import { commonPrompts } from "../../src/book/common-prompts";
import { runSpecs } from "../../src/book/run-specs";
import { verdictOf } from "../../src/book/verdict";
import { presetNamed } from "../../src/recipe/presets/presets";
import { facts } from "../../src/stages/data/corpus/facts";
import { imageRun, textRun } from "./example-runs";

describe("the book", () => {
  it("has a card for each of the paper's six figures and five tables", () => {
    const wanted = [
      ...[1, 2, 3, 4, 5, 6].map((n) => `Figure ${String(n)}`),
      ...[1, 2, 3, 4, 5].map((n) => `Table ${String(n)}`),
    ];
    expect(paperCards.map(({ title }) => title)).toEqual(wanted);
    expect(paperCards.map(({ name }) => name)).toEqual(
      wanted.map((title) => title.toLowerCase().replace(" ", "-")),
    );
    for (const { source } of paperCards) expect(source).toBeTruthy();
  });

  it("tells of controls, rankings and searches without numbers of the paper", () => {
    expect(beyondCards.map(({ name }) => name)).toEqual(["controls", "rankings", "searches"]);
    for (const { source, quantities } of beyondCards) {
      expect(source).toBeUndefined();
      for (const { paper } of quantities) expect(paper).toBeUndefined();
    }
  });

  it.each(cards)(
    "$title has a preset, known runs and at least one claim",
    ({ name, runs, checks, quantities }) => {
      expect(presetNamed(name)).toBeDefined();
      expect(runs.length).toBeGreaterThan(0);
      for (const { run } of runs) expect(runSpecs.map((spec) => spec.name)).toContain(run);
      expect(checks.length).toBeGreaterThan(0);
      expect(quantities.length).toBeGreaterThan(0);
      // A printed number says where it stands.
      for (const { paper, where } of quantities) if (paper !== undefined) expect(where).toBeTruthy();
    },
  );

  it.each(cards)("$title measures and claims something of every model it tells of", (card) => {
    for (const { run, kind } of card.runs) {
      const { model } = runSpecs.find(({ name }) => name === run)!;
      expect(kind).toBe(model.startsWith("vit") ? "images" : "texts");
      expect(about(card.quantities, kind).length).toBeGreaterThan(0);
      expect(about(card.checks, kind).length).toBeGreaterThan(0);
      const labels = about(card.quantities, kind).map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
    }
    // Nothing is about a kind of model that the card has none of.
    const kinds = card.runs.map(({ kind }) => kind);
    for (const { of } of [...card.quantities, ...card.checks])
      if (of !== undefined) expect(kinds).toContain(of);
  });

  it("every run that the cards tell of is stored, and every one stored is told of", () => {
    const told = cards.flatMap(({ runs }) => runs.map(({ run }) => run));
    expect(new Set(told)).toEqual(new Set(runSpecs.map(({ name }) => name)));
  });

  it("every run has a preset", () => {
    for (const { preset } of runSpecs) expect(presetNamed(preset)).toBeDefined();
  });

  it("judges by the numbers of a run", () => {
    const grade = (name: string): string | undefined => {
      const card = cards.find((one) => one.name === name);
      return card && verdictOf(card, name === "figure-4" || name === "figure-2" ? imageRun : textRun).grade;
    };
    // No SVD scan in the example; the first layer of figure 2 does not lean to clean images.
    expect(grade("figure-4")).toBe("partly");
    expect(grade("figure-2")).toBe("partly");
    // No BalancedSubnet in the example.
    expect(grade("figure-1")).toBe("partly");
    expect(grade("table-3")).toBe("partly");
    expect(grade("table-1")).toBe("open");
    expect(grade("table-4")).toBe("partly");
  });
});

describe("commonPrompts", () => {
  it("ask for facts that the corpus states, with the right answer", () => {
    const asked = commonPrompts.filter(({ answer }) => answer !== undefined);
    expect(asked).toHaveLength(4);
    for (const { prompt, answer } of asked)
      expect(facts()).toContainEqual(expect.objectContaining({ prompt, answer }));
  });
});
