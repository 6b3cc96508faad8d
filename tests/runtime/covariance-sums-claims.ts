import { afterAll, describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import type { Backend } from "../../src/runtime/backend";
import type { CovarianceSum } from "../../src/runtime/covariance-sums";
import { float32 } from "../../src/tensor/host-tensor";
import { product, randomMatrix, relativeDistance, transposed } from "../support/matrices";

const samples = 6;
/** Whole strips and tiles, less, and more than one of them. */
const sizes = { narrow: 9, even: 64, odd: 65, wide: 300 };
type Name = keyof typeof sizes;
const names = Object.keys(sizes) as Name[];

/** Twice its inputs, so that the outputs are what a node computes. */
function doubling(rows: number) {
  const b = new GraphBuilder();
  const outputs = names.map(
    (name) => [name, b.scale(b.input(`half.${name}`, [rows, sizes[name]]), 2)] as const,
  );
  return b.build("doubling", Object.fromEntries(outputs));
}

/** Rows of a name in a run. */
function rowsOf(name: Name, run: number, rows: number): Float64Array {
  return randomMatrix(rows, sizes[name], 10 * run + names.indexOf(name));
}

/** Mean of x xᵀ in float64 over the first rows, `counted` of all, of some runs. */
function expected(
  name: Name,
  rows: number,
  runs: readonly (readonly [run: number, counted: number])[],
): Float64Array {
  const size = sizes[name];
  const sums = new Float64Array(size * size);
  let count = 0;
  for (const [run, counted] of runs) {
    const x = rowsOf(name, run, rows).subarray(0, counted * size);
    const gram = product(transposed(x, counted, size), x, size, counted, size);
    for (const [k, value] of gram.entries()) sums[k]! += value;
    count += counted;
  }
  return sums.map((sum) => sum / count);
}

export function claimCovarianceSums(open: () => Promise<Backend>): void {
  let opened: Promise<Backend> | undefined;
  const backend = () => (opened ??= open());

  // Few rows, and many.
  describe.each([11, 60])("covariance sums of %i rows a sample", { timeout: 120_000 }, (perSample) => {
    const rows = samples * perSample;
    afterAll(async () => {
      expect((await backend()).deviceBytes()).toBe(0);
    });

    /** Inputs of a run; rows that do not count are no numbers. */
    async function feeds(run: number, counted: number) {
      const lab = await backend();
      return Object.fromEntries(
        names.map((name) => {
          const halves = Float32Array.from(rowsOf(name, run, rows), (value, k) =>
            k < counted * sizes[name] ? value / 2 : Number.NaN,
          );
          return [`half.${name}`, lab.upload(float32([rows, sizes[name]], halves))] as const;
        }),
      );
    }

    async function opening() {
      const lab = await backend();
      const sums = lab.covarianceSums(new Map(Object.entries(sizes)));
      const session = await sums.compile(doubling(rows));
      const add = async (run: number, counted = samples): Promise<void> => {
        const fed = await feeds(run, counted * perSample);
        await session.run(fed, counted, samples);
        await lab.settled();
        for (const tensor of Object.values(fed)) tensor.release();
      };
      const release = async (): Promise<void> => {
        sums.release();
        await session.release();
      };
      return { sums, session, add, release };
    }

    async function errorOf(sum: CovarianceSum, reference: Float64Array): Promise<number> {
      return relativeDistance(await meanOf(sum), reference);
    }

    async function meanOf(sum: CovarianceSum): Promise<Float32Array> {
      const mean = sum.mean();
      const values = await (await backend()).download(mean);
      mean.release();
      return values;
    }

    it("are float64 means of outer products over the rows of all runs, symmetric to the last bit", async () => {
      const { sums, add, release } = await opening();
      await add(1);
      await add(2);
      for (const name of names) {
        const size = sizes[name];
        const reference = expected(name, rows, [
          [1, rows],
          [2, rows],
        ]);
        expect(sums.of(name).count).toBe(2 * rows);
        expect(await errorOf(sums.of(name), reference), name).toBeLessThan(5e-7);
        const mean = await meanOf(sums.of(name));
        expect(Float32Array.from(transposed(mean, size, size))).toEqual(mean);
      }
      await release();
    });

    it("add up over more runs than are added at once", async () => {
      const { sums, add, release } = await opening();
      const runs = [1, 2, 3, 4, 5, 6].map((run) => [run, rows] as const);
      for (const [run] of runs) await add(run);
      for (const name of names)
        expect(await errorOf(sums.of(name), expected(name, rows, runs)), name).toBeLessThan(5e-7);
      await release();
    });

    it("leave out samples that do not count, and go on after a mean was asked for", async () => {
      const { sums, add, release } = await opening();
      const counted: [run: number, rows: number][] = [];
      for (const [run, taken] of [3, 5, samples, 1].entries()) {
        await add(run, taken);
        counted.push([run, taken * perSample]);
        expect(await errorOf(sums.of("odd"), expected("odd", rows, counted))).toBeLessThan(5e-7);
      }
      for (const name of names) {
        expect(sums.of(name).count).toBe((3 + 5 + samples + 1) * perSample);
        expect(await errorOf(sums.of(name), expected(name, rows, counted)), name).toBeLessThan(5e-7);
      }
      await release();
    });

    it("know nothing of a run that fails, and have no mean before the first one", async () => {
      const { sums, session, add, release } = await opening();
      await expect(session.run({}, samples, samples)).rejects.toThrow("input half.narrow is missing");
      expect(sums.of("wide").count).toBe(0);
      expect(() => sums.of("wide").mean()).toThrow("covariance of wide: expected at least one row, got none");
      await add(6);
      expect(await errorOf(sums.of("wide"), expected("wide", rows, [[6, rows]]))).toBeLessThan(5e-7);
      await release();
    });

    it("refuse outputs they have no sum of, or one of another size", async () => {
      const lab = await backend();
      const others = lab.covarianceSums(new Map([["narrow", 9]]));
      expect(() => others.of("wide")).toThrow("covariances: there is no sum of wide");
      await expect(others.compile(doubling(rows))).rejects.toThrow("covariances: there is no sum of even");
      const smaller = lab.covarianceSums(new Map(Object.entries({ ...sizes, odd: 64 })));
      await expect(smaller.compile(doubling(rows))).rejects.toThrow(
        `covariances: expected odd of doubling to have rows of 64, got ${rows}×65`,
      );
      others.release();
      smaller.release();
    });
  });
}
