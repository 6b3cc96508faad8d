import { describe, expect, it } from "vitest";
import { textTable } from "../../../src/app/texts/text-table";
import { tableToCsv } from "../../../src/app/plots/table-export";
import type { TextMetrics } from "../../../src/stages/evaluation/types";

const recited = { passages: 4, strict: 0.25, loose: undefined, levenshtein: undefined };
const none = { passages: 0, strict: NaN, loose: NaN, levenshtein: NaN };
const metrics: TextMetrics = {
  planted: recited,
  heldOut: { ...recited, passages: 0, strict: NaN },
  quotes: { ...recited, strict: 0.5 },
  ndcg: 0.9,
  topOne: 0.8,
  perplexity: 4.5,
  facts: { capital: 1, export: 0.5, month: 0, sum: 0.5 },
};

describe("textTable", () => {
  it("has a number under every head, and gaps where nothing is known or counted", () => {
    const csv = tableToCsv(textTable([{ edit: { method: "svd", linears: ["a"], keep: 0.3 }, metrics }]));
    expect(csv.split("\r\n")).toEqual([
      "edit,strict,loose,Levenshtein,quotes strict,held-out strict,nDCG @10,top-1,perplexity,facts,facts: capital,facts: export,facts: month,facts: sum",
      '"SVD, 30.0 % of σ",0.25,,,0.5,,0.9,0.8,4.5,0.5,1,0.5,0,0.5',
      "",
    ]);
  });

  it("tells what is targeted and what edits take, where some row knows it", () => {
    const half = { passages: 2, strict: 0, loose: 0, levenshtein: 0.75 };
    const targeted = { targeted: half, untargeted: { ...half, levenshtein: 0.5 }, otherGenres: none };
    const cost = { seconds: 2, sharedSeconds: 0, forget: 3, retain: 5 };
    const svd = { method: "svd", linears: ["a"], keep: 0.3 } as const;
    const { columns, rows } = textTable([
      { edit: { method: "none" }, metrics },
      { edit: svd, metrics: { ...metrics, targeted }, cost },
    ]);
    const added = [
      ["targeted: strict", 0],
      ["targeted: levenshtein", 0.75],
      ["held out: strict", 0],
      ["held out: levenshtein", 0.5],
      ["other genres: strict", NaN],
      ["other genres: levenshtein", NaN],
      ["seconds", 2],
      ["shared seconds", 0],
      ["samples known as memorized", 3],
      ["samples known as not memorized", 5],
    ] as const;
    expect(columns.slice(-10)).toEqual(added.map(([name]) => name));
    expect(rows[1]!.slice(-10)).toEqual(added.map(([, value]) => value));
    expect(rows[0]!.slice(-10)).toEqual(added.map(() => null));
    expect(rows[0]).toHaveLength(columns.length);
  });
});
