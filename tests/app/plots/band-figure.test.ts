import { describe, expect, it } from "vitest";
import { bandChart } from "../../../src/app/plots/band-figure";
import { log2Axis, ratio, ratioSpread } from "../../../src/app/plots/ratio";
import type { BandResponse } from "../../../src/stages/spectrum/types";
import { theme } from "./theme-of-test";

function response(label: string, memorized: number, clean: number): BandResponse {
  return { band: { from: 0, to: 1, label }, memorized, clean, memorizedSpread: 0.3, cleanSpread: 0.4 };
}

const bands = {
  linear: "w",
  kfac: [response("top", 1, 2), response("rest", 3, 1.5)],
  svd: [response("top", 1, 1), response("rest", 0, 1)],
};

function ys(index: number): unknown {
  const trace = bandChart(bands).draw(theme, 400).data[index];
  return trace && "y" in trace ? trace.y : undefined;
}

describe("bandChart", () => {
  it("draws ratios as log2, so that twice and half are equally far from 1", () => {
    expect(ys(0)).toEqual([-1, 1]);
  });

  it("leaves out a ratio of which one part is zero", () => {
    expect(ys(1)).toEqual([0, null]);
    expect(bandChart(bands).table.rows[3]?.[2]).toBeNull();
  });

  it("draws the responses that it tabulates", () => {
    const { rows } = bandChart(bands).table;
    expect(ys(2)).toEqual([rows[0]?.[3], rows[1]?.[3]]);
    expect(ys(3)).toEqual([rows[0]?.[5], rows[1]?.[5]]);
    expect(ys(4)).toEqual([rows[2]?.[3], rows[3]?.[3]]);
  });
});

describe("ratioSpread", () => {
  it("matches the spread of log2(m/c) over drawn images to first order", () => {
    const [memorized, clean, memorizedSpread, cleanSpread] = [3, 2, 0.03, 0.05];
    // Two points of one standard deviation either side have exactly that deviation.
    const logs = [-1, 1].flatMap((a) =>
      [-1, 1].map((b) => Math.log2((memorized + a * memorizedSpread) / (clean + b * cleanSpread))),
    );
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length);
    const spread = ratioSpread({ ...response("b", memorized, clean), memorizedSpread, cleanSpread });
    expect(spread).toBeCloseTo(deviation, 4);
  });

  it("is undefined where the ratio is", () => {
    expect(ratio(response("b", 0, 1))).toBeUndefined();
    expect(ratioSpread(response("b", 1, 0))).toBeUndefined();
  });
});

describe("log2Axis", () => {
  it("is symmetric about ratio 1, holds every whisker and has its tick labels at their logarithms", () => {
    const axis = log2Axis(bands.kfac);
    const [low = 0, high = 0] = axis.range as number[];
    expect(low).toBe(-high);
    for (const one of bands.kfac) {
      expect(Math.abs(Math.log2(ratio(one)!)) + ratioSpread(one)!).toBeLessThan(high);
    }
    expect(axis.tickvals).toContain(0);
    axis.ticktext?.forEach((text, index) => {
      expect(2 ** (axis.tickvals as number[])[index]!).toBeCloseTo(Number(text), 2);
    });
  });
});
