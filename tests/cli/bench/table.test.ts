import { describe, expect, it } from "vitest";
import { benchPlan, operations, type PlanOptions } from "../../../src/cli/bench/plan";
import { figure, goalReached, groupLines } from "../../../src/cli/bench/table";
import { spread } from "../../../src/cli/bench/statistics";
import type { Row } from "../../../src/cli/bench/measure";

const options: PlanOptions = {
  software: false,
  quick: false,
  matmul: undefined,
  eigh: undefined,
  model: "vit-plain",
  images: undefined,
  only: [],
};

function row(name: string, times: readonly number[], ratios?: readonly number[]): Row {
  return {
    name,
    time: spread(times),
    gflops: undefined,
    ratio: ratios && spread(ratios),
    once: false,
    missing: undefined,
  };
}

describe("table", () => {
  it("rounds to three digits", () => {
    expect([0.1234, 1.234, 12.34, 1234.5].map(figure)).toEqual(["0.123", "1.23", "12.3", "1235"]);
  });

  it("judges a ratio by the second line and a time by the first", () => {
    const rows = [row("a", [10, 12, 11], [1]), row("b", [5, 6, 7], [0.5, 0.55, 0.6])];
    expect(goalReached({ group: { title: "", tasks: [], atMostRatio: 0.56 }, rows })).toBe(true);
    expect(goalReached({ group: { title: "", tasks: [], atMostRatio: 0.54 }, rows })).toBe(false);
    expect(goalReached({ group: { title: "", tasks: [], atMostMs: 10 }, rows })).toBe(false);
    expect(goalReached({ group: { title: "", tasks: [], atMostMs: 11 }, rows })).toBe(true);
    expect(goalReached({ group: { title: "", tasks: [] }, rows })).toBeUndefined();
  });

  it("shows median, least and greatest, and what did not run", () => {
    const missing: Row = { ...row("c", [1]), time: undefined, missing: "not installed" };
    const [title, first, second] = groupLines({
      group: { title: "matmul", tasks: [] },
      rows: [row("a", [10, 12, 11], [1]), missing],
    });
    expect(title).toBe("matmul");
    expect(first).toMatch(/a +11\.0 +10\.0\.\.12\.0 +1\.00/);
    expect(second).toContain("not installed");
  });
});

describe("plan", () => {
  it("takes given sizes and leaves out what was not asked for", () => {
    const groups = benchPlan({ ...options, eigh: [96, 160], only: ["eigh"] });
    expect(groups.map(({ title }) => title)).toEqual(["eigenvectors 96×96", "eigenvectors 160×160"]);
  });

  it("gives a software adapter smaller problems and the looser time", () => {
    const largest = (software: boolean): number =>
      Math.max(
        ...benchPlan({ ...options, software }).flatMap(({ tasks }) => tasks.map((t) => operations(t) ?? 0)),
      );
    expect(largest(true)).toBeLessThan(largest(false) / 50);
    const goal = (software: boolean): number | undefined =>
      benchPlan({ ...options, software, only: ["energy"] })[0]?.atMostMs;
    expect([goal(false), goal(true)]).toEqual([100, 1000]);
  });
});
