import { describe, expect, it } from "vitest";
import { createNodeBackend } from "../../../src/runtime/node";
import { droppedCount, initialScores } from "../../../src/stages/edit/balanced-subnet";
import { RandomStream } from "../../../src/tensor/random";
import type { SubnetPoint } from "../../../src/stages/edit/types";
import { forget, learned, retain, spec, subnetLearnerClaims } from "./subnet-learner-claims";

const backend = Promise.resolve(createNodeBackend());
subnetLearnerClaims(() => backend);

it("comes down the signed loss that it descends", async () => {
  const total = ({ forget: up, retain: down }: SubnetPoint) => retain * down! - forget * up!;
  let [before, after] = [0, 0];
  for (const seed of [7, 8, 9]) {
    const how = { ...spec, seed, drop: 0.6, epochs: 40, batch: forget + retain };
    const { curve } = (await learned(await backend, how)).training;
    before += total(curve[0]!) / 3;
    for (const point of curve.slice(-5)) after += total(point) / 15;
  }
  expect(after).toBeLessThan(before - 1);
});

describe("first scores", () => {
  it("fill ±1/√d_in evenly", () => {
    const scores = initialScores({ outputs: 200, inputs: 25 }, new RandomStream(3));
    expect(scores).toHaveLength(5000);
    const counts = new Array<number>(10).fill(0);
    for (const score of scores) {
      expect(Math.abs(score)).toBeLessThanOrEqual(0.2);
      counts[Math.min(9, Math.floor((score / 0.2 + 1) * 5))]!++;
    }
    // Five deviations of a binomial of 5000 draws.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(450));
  });
});

describe("dropped weights", () => {
  it.each([
    [0, 0],
    [0.05, 1],
    [0.5, 6],
    [1, 12],
  ])("of a share of %f of twelve are %i", (drop, count) => {
    expect(droppedCount({ outputs: 3, inputs: 4 }, drop)).toBe(count);
  });

  it.each([-0.1, 1.1, Number.NaN])("of a share of %f are refused", (drop) => {
    expect(() => droppedCount({ outputs: 3, inputs: 4 }, drop)).toThrow("expected a share from 0 to 1");
  });
});
