import { expect, it } from "vitest";
import { measureSideBySide, type Candidate } from "../../../src/cli/bench/measure";

/** A candidate that takes these times, the first of them in the turn that is not counted. */
function taking(name: string, times: readonly number[], log: string[] = []): Candidate {
  let next = 0;
  return {
    name,
    work: { count: 3e6, unit: "operations" },
    prepare: () =>
      Promise.resolve({
        name,
        run: () => {
          log.push(name);
          return Promise.resolve(times[next++] ?? NaN);
        },
        release: () => {
          log.push(`release ${name}`);
          return Promise.resolve();
        },
      }),
  };
}

const quiet = (): void => undefined;

it("runs candidates in turns and does not count the first turn", async () => {
  const log: string[] = [];
  const candidates = [taking("a", [99, 1, 2, 3], log), taking("b", [99, 2, 8, 6], log)];
  const rows = await measureSideBySide(candidates, 3, 1000, quiet);
  expect(log).toEqual(["a", "b", "a", "b", "a", "b", "a", "b", "release a", "release b"]);
  expect(rows.map(({ time }) => time)).toEqual([
    { median: 2, min: 1, max: 3 },
    { median: 6, min: 2, max: 8 },
  ]);
  expect(rows[1]?.ratio).toEqual({ median: 2, min: 2, max: 4 });
});

it("gives the work per second of the median time", async () => {
  const [row] = await measureSideBySide([taking("a", [1, 3, 3, 3])], 3, 1000, quiet);
  expect(row?.rate).toEqual({ count: 1e9, unit: "operations" });
});

it("measures what exceeds the limit once and compares medians then", async () => {
  const log: string[] = [];
  const rows = await measureSideBySide(
    [taking("a", [9, 10, 20, 30]), taking("slow", [2000], log)],
    3,
    1000,
    quiet,
  );
  expect(log).toEqual(["slow", "release slow"]);
  expect(rows.map(({ once }) => once)).toEqual([false, true]);
  expect(rows[1]?.ratio?.median).toBe(100);
});

it("says why a candidate did not run and goes on with the others", async () => {
  const broken: Candidate = {
    name: "broken",
    work: undefined,
    prepare: () => Promise.reject(new Error("not installed")),
  };
  const rows = await measureSideBySide([broken, taking("b", [1, 1, 1])], 2, 1000, quiet);
  expect(rows[0]).toMatchObject({ missing: "not installed", time: undefined, ratio: undefined });
  expect(rows[1]?.time?.median).toBe(1);
  expect(rows[1]?.ratio).toBeUndefined();
});
