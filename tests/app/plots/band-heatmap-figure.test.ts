import { describe, expect, it } from "vitest";
import { bandHeatmapChart, colourReach, divergingScale } from "../../../src/app/plots/band-heatmap-figure";
import type { LinearBands } from "../../../src/stages/spectrum/types";
import { theme } from "./theme-of-test";

function bandsOf(linear: string, ratios: readonly number[]): LinearBands {
  const responses = ratios.map((value, index) => ({
    band: { from: 0, to: 1, label: `band ${String(index)}` },
    memorized: value,
    clean: 1,
    memorizedSpread: 0,
    cleanSpread: 0,
  }));
  return { linear, kfac: responses, svd: [] };
}

const chart = bandHeatmapChart([bandsOf("a", [0.5, 1]), bandsOf("b", [3, 0])], "kfac", (id) => `layer ${id}`);

describe("bandHeatmapChart", () => {
  it("prints exactly the ratios of the table, with a dash for none", () => {
    const texts = chart.draw(theme, 600).layout.annotations?.map(({ text }) => text);
    expect(texts).toEqual(["0.50", "1.00", "3.00", "–"]);
    expect(chart.table.rows).toEqual([
      ["layer a", 0.5, 1],
      ["layer b", 3, null],
    ]);
  });

  it("prints no numbers where a cell could not hold them", () => {
    expect(chart.draw(theme, 120).layout.annotations).toEqual([]);
  });

  it("centres the colours at ratio 1", () => {
    const [trace] = chart.draw(theme, 600).data;
    expect(trace).toMatchObject({ zmin: -Math.log2(3), zmax: Math.log2(3) });
    const scale = divergingScale(theme) as [number, string][];
    expect(scale.find(([at]) => at === 0.5)?.[1]).toBe("rgb(246, 245, 242)");
    expect(scale[0]?.[1]).toBe("rgb(22, 103, 171)");
    expect(scale.at(-1)?.[1]).toBe("rgb(189, 69, 18)");
  });
});

describe("colourReach", () => {
  it("keeps noise pale and saturates at four times", () => {
    expect(colourReach([[1.01, 0.99]])).toBe(Math.log2(1.25));
    expect(colourReach([[1.5, null]])).toBe(Math.log2(1.5));
    expect(colourReach([[1 / 100]])).toBe(2);
  });
});
