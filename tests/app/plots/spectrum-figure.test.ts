import { describe, expect, it } from "vitest";
import { logFloor, sourceSpectraChart, spectrumChart } from "../../../src/app/plots/spectrum-figure";
import { theme } from "./theme-of-test";

const spectrum = {
  linear: "w",
  lambda: Float32Array.of(8, 4, 0, 0),
  mu: Float32Array.of(0.5, 0.25),
  sigma: Float32Array.of(0, 0),
};

describe("spectrumChart", () => {
  it("draws zeros on the floor and never as NaN or a non-positive number", () => {
    const drawn = spectrumChart(spectrum)
      .draw(theme, 400)
      .data.map((trace) => ("y" in trace ? trace.y : []));
    expect(drawn).toEqual([
      [1, 0.5, 0.1, 0.1],
      [1, 0.5],
      [0.1, 0.1],
    ]);
  });

  it("tabulates the values themselves, zeros as zeros, and nothing beyond the end of a spectrum", () => {
    const { columns, rows } = spectrumChart(spectrum).table;
    expect(columns[1]).toBe("λ of A");
    expect(rows).toEqual([
      [1, 8, 1, 0.5, 1, 0, 0],
      [2, 4, 0.5, 0.25, 0.5, 0, 0],
      [3, 0, 0, null, null, null, null],
      [4, 0, 0, null, null, null, null],
    ]);
  });

  it("draws each series in its own colour and dash", () => {
    const { data } = spectrumChart(spectrum).draw(theme, 400);
    expect(data).toMatchObject([
      { line: { color: "rgb(14, 0, 0)", dash: "solid" } },
      { line: { color: "rgb(15, 0, 0)", dash: "dash" } },
      { line: { color: "rgb(16, 0, 0)", dash: "dot" } },
    ]);
  });
});

describe("sourceSpectraChart", () => {
  const other = {
    linear: "w",
    lambda: Float32Array.of(2, 1),
    mu: Float32Array.of(1, 0.5),
    sigma: Float32Array.of(0, 0),
  };
  const chart = sourceSpectraChart([
    { name: "Fresh text", spectrum },
    { name: "“An owl”", spectrum: other },
  ]);

  it("draws λ and μ of every text, a colour for each factor and a dash for each text", () => {
    const { data } = chart.draw(theme, 400);
    expect(data.slice(0, 4)).toMatchObject([
      { y: [1, 0.5, 0.1, 0.1], line: { color: "rgb(14, 0, 0)", dash: "solid" }, showlegend: false },
      { y: [1, 0.5], line: { color: "rgb(14, 0, 0)", dash: "dash" }, showlegend: false },
      { y: [1, 0.5], line: { color: "rgb(15, 0, 0)", dash: "solid" }, showlegend: false },
      { y: [1, 0.5], line: { color: "rgb(15, 0, 0)", dash: "dash" }, showlegend: false },
    ]);
    expect(data.slice(4).map(({ name }) => name)).toEqual(["λ of A", "μ of G", "Fresh text", "“An owl”"]);
  });

  it("tabulates the values of every text", () => {
    expect(chart.table.columns.filter((name) => !name.includes("relative"))).toEqual([
      "rank",
      "λ, Fresh text",
      "λ, “An owl”",
      "μ, Fresh text",
      "μ, “An owl”",
    ]);
    expect(chart.table.rows[1]).toEqual([2, 4, 0.5, 1, 0.5, 0.25, 0.5, 0.5, 0.5]);
  });
});

describe("logFloor", () => {
  it("is the decade below the smallest positive relative value, and at least 1e-10", () => {
    expect(logFloor([Float32Array.of(10, 0.5)])).toBeCloseTo(0.01, 12);
    expect(logFloor([Float32Array.of(1, 1e-20, 0)])).toBe(1e-10);
    expect(logFloor([Float32Array.of(0)])).toBe(1);
  });
});
