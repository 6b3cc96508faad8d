import { describe, expect, it } from "vitest";
import type { OwnText, SourceResult } from "../../../src/engine/api";
import {
  comparedSources,
  initialSources,
  listedSources,
  sourcesAfter,
  sourcesEnded,
  sourcesFor,
  sourcesStarted,
  unreadTexts,
  withoutResult,
  withText,
  withTextFault,
} from "../../../src/app/state/sources-slice";
import { withSource } from "../../../src/recipe/text-source";
import { textExample } from "../../recipe/text-example";

const [mine, other] = ["ab".repeat(32), "cd".repeat(32)];
const text: OwnText = { sha256: mine, characters: 9, tokens: 400, windows: 2, opening: "An owl" };
const failure = { stage: undefined, message: "gone", remedy: "give it again", cancelled: false };
const result = (source: string): SourceResult => ({
  source,
  factors: [],
  spectra: [],
  bytes: 4,
  edit: undefined,
});
const collected = ["mixture", mine].reduce(
  (state, source) => sourcesAfter(state, { kind: "source", result: result(source) }),
  sourcesStarted(initialSources),
);

describe("sources", () => {
  it("are listed once each: the lab's two, own ones, and those the address names", () => {
    const recipe = withSource(textExample, other);
    const known = withText(withText(initialSources, text), text);
    expect(listedSources(known, recipe, [mine, "fresh", other])).toEqual(["fresh", "mixture", mine, other]);
    expect(unreadTexts(known, recipe, [mine])).toEqual([other]);
  });

  it("are asked of the engine but for the text in use and those that are not here", () => {
    const faulty = withTextFault(initialSources, { source: mine, failure });
    expect(comparedSources(faulty, textExample, ["fresh", "mixture", mine])).toEqual(["mixture"]);
    expect(unreadTexts(faulty, textExample, [mine])).toEqual([]);
    const mended = withText(faulty, text);
    expect(comparedSources(mended, textExample, ["fresh", "mixture", mine])).toEqual(["mixture", mine]);
  });

  it("keep one result each, the newest", () => {
    const newer = { ...result("mixture"), bytes: 8 };
    const again = sourcesAfter(collected, { kind: "source", result: newer });
    expect(again.results).toEqual([result(mine), newer]);
    expect(withoutResult(again, "mixture").results).toEqual([result(mine)]);
  });

  it("end with what was collected, however they end", () => {
    const status = (state: typeof collected) => [state.status, state.results.length, state.failure];
    expect(status(sourcesEnded(collected, undefined))).toEqual(["finished", 2, undefined]);
    expect(status(sourcesEnded(collected, { ...failure, cancelled: true }))).toEqual([
      "cancelled",
      2,
      undefined,
    ]);
    expect(status(sourcesEnded(collected, failure))).toEqual(["failed", 2, failure]);
  });

  it("stay for another text, edit or matrix in use, and go with what factors depend on", () => {
    const { factors, data } = textExample;
    const kept = withText(collected, text);
    expect(sourcesFor(kept, textExample, withSource(textExample, mine))).toBe(kept);
    expect(sourcesFor(kept, textExample, { ...textExample, edits: [{ method: "none" }] })).toBe(kept);
    for (const changed of [
      { ...textExample, factors: { ...factors, seed: 9 } },
      { ...textExample, factors: { ...factors, windows: 9 } },
      { ...textExample, data: { ...data, seed: 9 } },
    ]) {
      const left = sourcesFor(kept, textExample, changed);
      expect(left.results).toEqual([]);
      expect(left.texts).toEqual([text]);
    }
    const model = { kind: "shipped", name: "another" } as const;
    expect(sourcesFor(kept, textExample, { ...textExample, model })).toEqual({
      ...initialSources,
      own: [mine],
    });
  });
});
