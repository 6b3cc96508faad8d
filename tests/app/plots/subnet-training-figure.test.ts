import { describe, expect, it } from "vitest";
import { subnetTrainingChart } from "../../../src/app/plots/subnet-training-figure";
import { theme } from "./theme-of-test";

const curve = [
  { step: 1, forget: 0.5, retain: 1.5 },
  { step: 2, forget: undefined, retain: 1.25 },
  { step: 3, forget: 2, retain: 1.75 },
];

describe("the curve of a mask that is learned", () => {
  const chart = subnetTrainingChart({ curve, steps: 8 });

  it("has a row per step, and nothing where a batch has no sample of a set", () => {
    expect(chart.table.columns).toEqual(["step", "loss of the forget set", "loss of the retain set"]);
    expect(chart.table.rows).toEqual([
      [1, 0.5, 1.5],
      [2, null, 1.25],
      [3, 2, 1.75],
    ]);
  });

  it("says in words how far it is and where both losses went", () => {
    expect(chart.summary).toBe(
      "3 of 8 steps. Loss of the forget set from 0.50 to 2.00 nats. Loss of the retain set from 1.50 to 1.75 nats.",
    );
    expect(subnetTrainingChart({ curve: [], steps: 8 }).summary).toBe("Nothing has been learned.");
  });

  it("leaves room for the steps to come, and joins over gaps", () => {
    const { data, layout } = chart.draw(theme, 500);
    expect(layout.xaxis?.range).toEqual([0, 8.5]);
    expect(data.map((one) => ("y" in one ? one.y : undefined))).toEqual([
      [0.5, null, 2],
      [1.5, 1.25, 1.75],
    ]);
    expect(data.every((one) => "connectgaps" in one && one.connectgaps)).toBe(true);
  });
});
