import { describe, expect, it } from "vitest";
import { benchPlan, workOf, type PlanOptions } from "../../../src/cli/bench/plan";
import { figure, goalReached, groupLines } from "../../../src/cli/bench/table";
import { spread } from "../../../src/cli/bench/statistics";
import type { Row } from "../../../src/cli/bench/measure";

const options: PlanOptions = {
  software: false,
  quick: false,
  matmul: undefined,
  eigh: undefined,
  model: "vit-plain",
  textModel: "olmo-planted",
  images: undefined,
  only: [],
};

function row(name: string, times: readonly number[], ratios?: readonly number[]): Row {
  return {
    name,
    time: spread(times),
    rate: undefined,
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
    expect(goalReached({ group: { title: "", tasks: [], atLeastRatio: 0.56 }, rows })).toBe(false);
    expect(goalReached({ group: { title: "", tasks: [], atLeastRatio: 0.54 }, rows })).toBe(true);
    expect(goalReached({ group: { title: "", tasks: [], atMostMs: 10 }, rows })).toBe(false);
    expect(goalReached({ group: { title: "", tasks: [], atMostMs: 11 }, rows })).toBe(true);
    expect(goalReached({ group: { title: "", tasks: [] }, rows })).toBeUndefined();
  });

  it("names the rate in its unit, and a goal that is a least ratio", () => {
    const cached: Row = { ...row("cached", [2], [1]), rate: { count: 512, unit: "tokens" } };
    const product: Row = { ...row("whole", [12], [6]), rate: { count: 2.5e9, unit: "operations" } };
    const lines = groupLines({
      group: { title: "decoding", tasks: [], atLeastRatio: 5 },
      rows: [cached, product],
    });
    expect(lines[1]).toMatch(/512 tokens\/s$/);
    expect(lines[2]).toMatch(/2\.50 GFLOP\/s$/);
    expect(lines[3]).toBe("  goal: ratio at least 5: reached");
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
        ...benchPlan({ ...options, software }).flatMap(({ tasks }) =>
          tasks.map((task) => (task.kind === "matmul" ? (workOf(task)?.count ?? 0) : 0)),
        ),
      );
    expect(largest(true)).toBeLessThan(largest(false) / 50);
    const goal = (software: boolean): number | undefined =>
      benchPlan({ ...options, software, only: ["energy"] })[0]?.atMostMs;
    expect([goal(false), goal(true)]).toEqual([100, 1000]);
  });

  it("measures language models on both backends, an emulated GPU with less", () => {
    const tokens = (software: boolean, on: string): number =>
      Math.max(
        ...benchPlan({ ...options, software, only: ["text"] }).flatMap(({ tasks }) =>
          tasks.map((task) =>
            task.kind === "collection" && task.on === on ? (workOf(task)?.count ?? 0) : 0,
          ),
        ),
      );
    expect(tokens(true, "wasm")).toBe(8 * 160);
    expect(tokens(false, "webgpu")).toBe(8 * 160);
    expect(tokens(true, "webgpu")).toBeLessThan(tokens(true, "wasm"));
    const goals = benchPlan({ ...options, only: ["text"] }).map((group) => [
      group.tasks[0]?.kind,
      group.atMostRatio,
    ]);
    expect(goals.slice(0, 2)).toEqual([
      ["collection", 3.5],
      ["collection", 3.5],
    ]);
  });

  it("decodes one text, as a person does who types, and many", () => {
    for (const software of [true, false]) {
      const groups = benchPlan({ ...options, software, only: ["decoding"] });
      expect(groups.every(({ atLeastRatio }) => atLeastRatio === 5)).toBe(true);
      for (const on of ["wasm", "webgpu"]) {
        const counts = groups.flatMap(({ tasks: [task] }) =>
          task?.kind === "decoding" && task.on === on ? [task.texts] : [],
        );
        expect(counts[0]).toBe(1);
        expect(Math.max(...counts)).toBe(software && on === "webgpu" ? 4 : 32);
      }
    }
  });
});
