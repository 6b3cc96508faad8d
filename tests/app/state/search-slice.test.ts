import { describe, expect, it } from "vitest";
import {
  initialSearch,
  searchAfter,
  searchEnded,
  searchStarted,
  searchSubject,
} from "../../../src/app/state/search-slice";
import type { Failure, ScanRow } from "../../../src/engine/api";
import { exampleRecipe } from "../../recipe/example";

const row = (energy: number, validation = 0.5): ScanRow => ({
  edit: { method: "kfac", linears: ["a.weight"], energy, selection: "pairs" },
  metrics: {
    clean: 1,
    memorized: 0,
    groundTruth: 0,
    validation,
    images: { clean: 1, memorized: 1, validation: 1 },
  },
});
const stopped: Failure = { stage: undefined, message: "Stopped.", remedy: "", cancelled: true };

describe("a search on the page", () => {
  it("keeps each edit once, the newest of what was told of it", () => {
    const first = searchAfter(searchStarted(initialSearch), { kind: "rows", rows: [row(0.5), row(0.6)] });
    const after = searchAfter(first, { kind: "rows", rows: [row(0.5, 0.7), row(0.8)] });
    expect(after.rows).toEqual([row(0.6), row(0.5, 0.7), row(0.8)]);
  });

  it("ends paused, cancelled, failed or finished, and keeps what it has found", () => {
    const running = searchAfter(searchStarted(initialSearch), { kind: "rows", rows: [row(0.5)] });
    const failed = { ...stopped, cancelled: false };
    const ends = [
      searchEnded(running, stopped, "pause"),
      searchEnded(running, stopped, "cancel"),
      searchEnded(running, stopped, undefined),
      searchEnded(running, failed, "pause"),
      searchEnded(running, undefined, "pause"),
    ];
    expect(ends.map(({ status }) => status)).toEqual([
      "paused",
      "cancelled",
      "cancelled",
      "failed",
      "finished",
    ]);
    expect(ends.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined, failed, undefined]);
    for (const { rows } of ends) expect(rows).toEqual([row(0.5)]);
  });

  it("is of one subject whatever is edited, and of another with other data, factors or evaluation", () => {
    const edited = { ...exampleRecipe, title: "x", edits: [{ method: "none" } as const] };
    const more = { ...exampleRecipe, factors: { ...exampleRecipe.factors, linears: [] } };
    for (const same of [edited, more]) expect(searchSubject(same)).toBe(searchSubject(exampleRecipe));
    const { data, factors, evaluation } = exampleRecipe;
    for (const other of [
      { ...exampleRecipe, data: { ...data, seed: 8 } },
      { ...exampleRecipe, factors: { ...factors, images: 2 } },
      { ...exampleRecipe, evaluation: { ...evaluation, clean: 2 } },
    ])
      expect(searchSubject(other)).not.toBe(searchSubject(exampleRecipe));
  });
});
