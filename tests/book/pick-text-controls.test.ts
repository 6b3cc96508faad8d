import { describe, expect, it } from "vitest";
import {
  highestTextControl,
  leastRecitedKeeping,
  ofTextControl,
  textParting,
} from "../../src/book/pick-text-controls";
import type { BookRun } from "../../src/book/run";
import type { ControlKind, EditSpec } from "../../src/stages/edit/types";
import type { TextMetrics } from "../../src/stages/evaluation/types";
import { textRun } from "./example-runs";

const example = textRun.edits[0]!.metrics as TextMetrics;

function row(edit: EditSpec, strict: number, ndcg: number): BookRun["edits"][number] {
  return { edit, metrics: { ...example, ndcg, planted: { ...example.planted, strict } } };
}

const control = (kind: ControlKind, strict: number, ndcg: number): BookRun["edits"][number] =>
  row({ method: "control", control: kind, linears: ["a"], energy: 0.8, seed: 0 }, strict, ndcg);

const run = (...edits: BookRun["edits"]): BookRun => ({ ...textRun, edits });
const cut = row({ method: "kfac", linears: ["a"], energy: 0.8, selection: "pairs" }, 0.02, 0.92);
const random = control("random-pairs", 0, 0.3);
const coefficients = control("largest-coefficients", 0.5, 0.93);
const magnitude = control("magnitude", 0.04, 0.85);

describe("controls of a language model", () => {
  const all = run(cut, random, coefficients, magnitude);

  it("are found by their kind, and the highest of the three by any number", () => {
    expect(ofTextControl("magnitude", ({ ndcg }) => ndcg)(all)).toBe(0.85);
    expect(ofTextControl("magnitude", ({ planted }) => planted.strict)(all)).toBe(0.04);
    expect(highestTextControl(({ ndcg }) => ndcg)(all)).toBe(0.93);
    expect(highestTextControl(textParting)(all)).toBeCloseTo(0.81, 12);
  });

  it("recite least among those that keep the language", () => {
    expect(leastRecitedKeeping(all)).toBe(0.5);
    expect(leastRecitedKeeping(run(cut, random, control("largest-coefficients", 0.5, 0.89), magnitude))).toBe(
      undefined,
    );
    expect(leastRecitedKeeping(run(cut, random, coefficients, control("magnitude", 0.1, 0.9)))).toBe(0.1);
  });

  it("are not judged while one is missing", () => {
    const some = run(cut, coefficients, magnitude);
    expect(highestTextControl(textParting)(some)).toBeUndefined();
    expect(leastRecitedKeeping(some)).toBeUndefined();
    expect(ofTextControl("random-pairs", ({ ndcg }) => ndcg)(some)).toBeUndefined();
  });
});
