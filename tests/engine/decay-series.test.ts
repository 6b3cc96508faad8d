import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeDecaySeries, encodeDecaySeries, orderedBands } from "../../src/engine/decay-series";

const text = readFileSync("public/results/decay-series.json", "utf8");
const series = decodeDecaySeries(text);

describe("the series of weight decays", () => {
  it("is shipped with bands of every layer, and with measures that follow from them", () => {
    expect(series.runs.length).toBeGreaterThanOrEqual(4);
    const decays = series.runs.map(({ weightDecay }) => weightDecay);
    expect(decays).toEqual([...new Set(decays)].sort((a, b) => a - b));
    expect(series.settings.weightDecay).toBe(decays[0]);
    for (const { orders, point, memorizedImages } of series.runs) {
      expect(point.epoch).toBe(series.settings.epochs);
      expect(memorizedImages).toBeGreaterThan(20);
      for (const ordered of Object.values(orders)) {
        expect(ordered.bands).toHaveLength(series.settings.layers);
        const again = orderedBands(ordered.bands);
        for (const side of ["either", "memorized"] as const) {
          for (const basis of ["kfac", "svd"] as const) {
            const [stored, computed] = [ordered, again].map((one) =>
              side === "either" ? one[basis] : one.memorized[basis],
            );
            expect([stored?.linear, stored?.band]).toEqual([computed?.linear, computed?.band]);
            expect(stored?.size).toBeCloseTo(computed!.size, 4);
          }
        }
      }
    }
  });

  it("reads back as it was written", () => {
    expect(decodeDecaySeries(encodeDecaySeries(series))).toEqual(series);
  });

  it.each([
    ["{}", "version"],
    [JSON.stringify({ ...series, version: 2 }), "version"],
    [JSON.stringify({ ...series, runs: [] }), "runs"],
    [JSON.stringify({ ...series, settings: { ...series.settings, layers: 99 } }), "settings.layers"],
  ])("refuses another file", (json, named) => {
    expect(() => decodeDecaySeries(json)).toThrow(`This is no series of weight decays: ${named}`);
  });
});
