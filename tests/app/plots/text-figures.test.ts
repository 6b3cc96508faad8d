import { describe, expect, it } from "vitest";
import { textColumns, signed, type TextMetric } from "../../../src/app/plots/text-metric-style";
import { bestTextEdits, textScanChart, textScanRows } from "../../../src/app/plots/text-scan-figure";
import { textTradeoffChart, type EvaluatedTextEdit } from "../../../src/app/plots/text-tradeoff-figure";
import { textTrainingChart } from "../../../src/app/plots/text-training-figure";
import type { EditSpec } from "../../../src/stages/edit/types";
import type { TextMetrics } from "../../../src/stages/evaluation/types";
import { theme } from "./theme-of-test";

function metricsOf(strict: number, ndcg: number): TextMetrics {
  const recited = (value: number) => ({ passages: 40, strict: value, loose: value, levenshtein: 1 - value });
  return {
    planted: recited(strict),
    heldOut: recited(0),
    quotes: recited(0.5),
    ndcg,
    topOne: 0.75,
    perplexity: 4,
    facts: { capital: 1, export: 0.5, month: 1, sum: 0.5 },
  };
}
const evaluated = (edit: EditSpec, strict: number, ndcg: number): EvaluatedTextEdit => ({
  edit,
  metrics: metricsOf(strict, ndcg),
});
const kfac = (energy: number, linears = ["a.weight", "b.weight"]): EditSpec => ({
  method: "kfac",
  linears,
  energy,
  selection: "pairs",
});
const svd = (keep: number, linears = ["a.weight", "b.weight"]): EditSpec => ({
  method: "svd",
  linears,
  keep,
});
const joined = (linears: readonly string[]): string => linears.join(" ");

describe("textTradeoffChart", () => {
  it("gives every entry of the legend a row on a phone where two have no room beside one another", () => {
    const legend = (edits: readonly EvaluatedTextEdit[], width: number): unknown =>
      textTradeoffChart(metricsOf(1, 1), edits, joined).draw(theme, width).layout.legend;
    const short = {
      edit: { method: "svd", linears: ["a"], keep: 0.3 },
      metrics: metricsOf(0.5, 0.9),
    } as const;
    const control = {
      method: "control",
      control: "magnitude",
      linears: ["a"],
      energy: 0.8,
      seed: 0,
    } as const;
    const long = {
      edit: { ...control, energies: { a: 0.7, b: 0.8 }, linears: ["a", "b"] },
      metrics: metricsOf(0.5, 0.9),
    };
    expect(legend([short], 330)).toMatchObject({ entrywidth: 0.48 });
    expect(legend([short, long], 330)).toMatchObject({ entrywidth: 0.96 });
    expect(legend([short, long], 600)).not.toHaveProperty("entrywidth");
  });

  it("draws one line per method, the strongest cut first, after the unedited model", () => {
    const edits = [
      evaluated(kfac(0.9), 0.06, 0.93),
      evaluated(svd(0.3), 0.1, 0.88),
      evaluated(kfac(0.8), 0, 0.86),
    ];
    const chart = textTradeoffChart(metricsOf(1, 1), edits, joined);
    expect(chart.draw(theme, 500).data).toMatchObject([
      { name: "unedited", x: [1], y: [1] },
      { name: "K-FAC", mode: "lines+markers", x: [0, 0.06], y: [0.86, 0.93] },
      { name: "SVD", mode: "markers", x: [0.1], y: [0.88] },
    ]);
  });

  it("keeps edits of other matrices in lines of their own, and names the matrices then", () => {
    const edits = [
      evaluated(kfac(0.9), 0.06, 0.93),
      evaluated(kfac(0.9, ["a.weight"]), 0.7, 0.97),
      evaluated(kfac(0.8, ["b.weight", "a.weight"]), 0, 0.86),
    ];
    const chart = textTradeoffChart(metricsOf(1, 1), edits, joined);
    expect(chart.draw(theme, 500).data).toMatchObject([
      { name: "unedited" },
      { name: "K-FAC, b.weight a.weight", x: [0, 0.06] },
      { name: "K-FAC, a.weight", x: [0.7] },
    ]);
  });

  it("tabulates every edit it draws, with a gap for what is not generated yet", () => {
    const one = evaluated(svd(0.3), 0.1, 0.88);
    const part = {
      ...one,
      metrics: {
        ...one.metrics,
        planted: { ...one.metrics.planted, loose: undefined, levenshtein: undefined },
      },
    };
    const chart = textTradeoffChart(metricsOf(1, 1), [part], joined);
    expect(chart.table.rows).toEqual([
      ["unedited", "", 1, 1, 1, 0, 1, 4],
      ["SVD", "a.weight b.weight", 0.3, 0.1, null, null, 0.88, 4],
    ]);
  });
});

describe("textScanChart", () => {
  const rows = textScanRows([
    evaluated(kfac(0.9, ["a.weight"]), 0.4, 0.95),
    evaluated(kfac(0.8, ["a.weight"]), 0.2, 0.9),
    evaluated(svd(0.3, ["b.weight"]), 0.5, 0.9),
    evaluated(kfac(0.8), 0, 0.86),
  ]);

  it("leaves edits of several matrices out", () => {
    expect(rows.map(({ linear }) => linear)).toEqual(["a.weight", "a.weight", "b.weight"]);
  });

  it("marks as best the edit that forgets most for what it costs", () => {
    expect(bestTextEdits(rows, "kfac").map(({ edit }) => edit)).toEqual([kfac(0.8, ["a.weight"])]);
    const chart = textScanChart(metricsOf(1, 1), rows, (id) => id);
    expect(chart.draw(theme, 500).data).toMatchObject([
      { name: "K-FAC", x: [0.4, 0.2], y: [0.95, 0.9], marker: { size: [6, 12] } },
      { name: "SVD", x: [0.5] },
      { name: "unedited", x: [1] },
    ]);
  });
});

describe("textTrainingChart", () => {
  const point = { loss: 1, suffixAccuracy: 0.5, quotes: 0.25 };
  const curve = [
    { ...point, step: 200, perplexity: 60, strict: 0 },
    { ...point, step: 400, perplexity: 5, strict: 0.1 },
    { ...point, step: 600, perplexity: 4, strict: 0.9 },
  ];

  it("draws recitation on the left axis and perplexity on the right", () => {
    const { data, layout } = textTrainingChart({ description: "", curve }).draw(theme, 400);
    expect(data).toMatchObject([
      { name: "strict", x: [200, 400, 600], y: [0, 0.1, 0.9], yaxis: "y" },
      { name: "suffix tokens", yaxis: "y" },
      { name: "quotes strict", yaxis: "y" },
      { name: "perplexity", y: [60, 5, 4], yaxis: "y2" },
    ]);
    const [low = 0, high = 0] = layout.yaxis2?.range as number[];
    expect(low).toBeLessThan(4);
    expect(high).toBeGreaterThan(5);
    expect(high).toBeLessThan(60);
  });

  it("says where the curve goes, and that there is none", () => {
    expect(textTrainingChart({ description: "", curve }).summary).toContain("from 60.00 to 4.00");
    expect(textTrainingChart({ description: "", curve: [] }).summary).toBe("No training curve.");
  });
});

describe("textColumns", () => {
  const shown = (key: TextMetric, metrics: TextMetrics): string => {
    const column = textColumns.find((one) => one.key === key)!;
    return column.show(column.value(metrics)!);
  };

  it("show every number in its unit, facts as the mean of their kinds", () => {
    const metrics = metricsOf(0.992, 0.894);
    expect(
      (["strict", "levenshtein", "ndcg", "perplexity", "facts"] as const).map((key) => shown(key, metrics)),
    ).toEqual(["99.2 %", "0.01", "0.894", "4.00", "75.0 %"]);
  });

  it("show everything and nothing without decimals", () => {
    expect(shown("strict", metricsOf(1, 1))).toBe("100 %");
    expect(shown("strict", metricsOf(0, 1))).toBe("0 %");
  });

  it("show a difference with its sign, and none of what rounds to nothing", () => {
    expect([signed(4.26, 1), signed(-54.81, 1), signed(-0.004, 2)]).toEqual(["+4.3", "−54.8", "±0.00"]);
  });
});
