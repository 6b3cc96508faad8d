import { describe, expect, it } from "vitest";
import { textTable } from "../../../src/app/texts/text-table";
import { tableToCsv } from "../../../src/app/plots/table-export";
import type { TextMetrics } from "../../../src/stages/evaluation/types";

const recited = { passages: 4, strict: 0.25, loose: undefined, levenshtein: undefined };
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
});
