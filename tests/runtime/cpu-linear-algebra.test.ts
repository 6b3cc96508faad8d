import { describe, expect, it } from "vitest";
import { createNodeBackend } from "../../src/runtime/node";
import { hostFloats, type DeviceTensor } from "../../src/runtime/device-tensor";
import { float32 } from "../../src/tensor/host-tensor";
import { product, randomMatrix, relativeDistance, transposed } from "../support/matrices";
import { leastStopDelay } from "../support/least-stop-delay";

const backend = createNodeBackend();
const algebra = backend.linearAlgebra;

function upload(values: ArrayLike<number>, rows: number, columns: number): DeviceTensor {
  return backend.upload(float32([rows, columns], Float32Array.from(values)));
}

describe("product", () => {
  const [rows, inner, columns] = [5, 37, 9];
  const [left, right] = [randomMatrix(rows, inner, 1), randomMatrix(inner, columns, 2)];
  const expected = product(Float32Array.from(left), Float32Array.from(right), rows, inner, columns);

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("with A transposed %s and B transposed %s is that of the definition", async (a, b) => {
    const A = a ? upload(transposed(left, rows, inner), inner, rows) : upload(left, rows, inner);
    const B = b ? upload(transposed(right, inner, columns), columns, inner) : upload(right, inner, columns);
    const result = await algebra.product(A, B, { a, b });
    expect(result.shape).toEqual([rows, columns]);
    expect(relativeDistance(hostFloats(result), expected)).toBeLessThan(1e-6);
  });

  it("names sizes that do not meet", async () => {
    const refused = algebra.product(upload(left, rows, inner), upload(left, rows, inner));
    await expect(refused).rejects.toThrow("expected equal inner sizes, got 5×37 and 5×37");
  });

  it("stops within 200 ms of an abort in its midst", async () => {
    // Far more work than is done before the abort, however fast the machine.
    const tall = upload(new Float32Array(8000 * 1500).fill(1), 8000, 1500);
    const square = upload(new Float32Array(1500 * 1500).fill(1), 1500, 1500);
    const delay = await leastStopDelay((signal) => algebra.product(tall, square, { signal }), 10);
    expect(delay).toBeLessThan(200);
  });
});

it("changes of several pairs are ‖A−B‖ / ‖B‖ of each", async () => {
  const pairs = [
    [upload([3, 4], 1, 2), upload([3, 0], 1, 2)],
    [upload([1, 1], 2, 1), upload([1, 1], 2, 1)],
  ] as const;
  const [first, second] = await algebra.relativeChanges(pairs);
  expect(first).toBeCloseTo(4 / 3, 12);
  expect(second).toBe(0);
});

describe("a matrix that cannot be decomposed is named with its fault:", () => {
  it.each([
    ["not-finite", [1, Number.NaN, Number.NaN, 1]],
    ["not-positive-semidefinite", [1, 2, 2, 1]],
  ])("%s", async (fault, values) => {
    const matrices = [
      { name: "good", matrix: upload([2, 1, 1, 2], 2, 2) },
      { name: "A of layer 3", matrix: upload(values, 2, 2) },
    ];
    await expect(algebra.eigh(matrices, {})).rejects.toMatchObject({
      name: "MatrixError",
      matrix: "A of layer 3",
      fault,
    });
  });

  it("not-finite, of singular values", async () => {
    const matrices = [{ name: "W", matrix: upload([1, Infinity, 0, 1], 2, 2) }];
    await expect(algebra.svd(matrices, {})).rejects.toMatchObject({ matrix: "W", fault: "not-finite" });
  });
});

describe("covariance sums", () => {
  const [size, rows] = [9, 700];
  const x = Float32Array.from(randomMatrix(rows, size, 5));
  const expected = (from: number, to: number, stride: number): Float64Array => {
    const sums = new Float64Array(size * size);
    let count = 0;
    for (let row = from; row < to; row += stride, count++)
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++)
          sums[i * size + j] = sums[i * size + j]! + x[row * size + i]! * x[row * size + j]!;
    return sums.map((sum) => sum / count);
  };

  it("of rows in several pieces, some of them skipped, are those of the definition", async () => {
    const whole = algebra.covarianceSum("whole", size);
    for (let first = 0; first < rows; first += 70)
      whole.add(upload(x, rows, size), { first, count: 70, stride: 1 });
    const skipped = algebra.covarianceSum("skipped", size);
    skipped.add(upload(x, rows, size), { first: 3, count: 100, stride: 5 });
    await backend.settled();
    expect([whole.count, skipped.count]).toEqual([700, 100]);
    expect(relativeDistance(hostFloats(whole.mean()), expected(0, 700, 1))).toBeLessThan(1e-6);
    expect(relativeDistance(hostFloats(skipped.mean()), expected(3, 503, 5))).toBeLessThan(1e-6);
  });

  it("wider than one strip of products are whole and symmetric to the last bit", async () => {
    const wide = 300;
    const values = Float32Array.from(randomMatrix(rows, wide, 6));
    const sum = algebra.covarianceSum("wide", wide);
    sum.add(upload(values, rows, wide), { first: 0, count: rows, stride: 1 });
    await backend.settled();
    const reference = new Float64Array(wide * wide);
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < wide; i++)
        for (let j = 0; j < wide; j++)
          reference[i * wide + j] =
            reference[i * wide + j]! + (values[row * wide + i]! * values[row * wide + j]!) / rows;
    const mean = hostFloats(sum.mean());
    expect(relativeDistance(mean, reference)).toBeLessThan(1e-6);
    for (const [i, j] of [
      [0, 299],
      [127, 128],
      [130, 260],
      [257, 5],
    ] as const)
      expect(mean[i * wide + j]).toBe(mean[j * wide + i]);
  });

  it("count every row once, whether they are asked for before or after all work is done", async () => {
    const sum = algebra.covarianceSum("hurried", size);
    sum.add(upload(x, rows, size), { first: 0, count: 600, stride: 1 });
    expect(relativeDistance(hostFloats(sum.mean()), expected(0, 600, 1))).toBeLessThan(1e-6);
    sum.add(upload(x, rows, size), { first: 600, count: 100, stride: 1 });
    await backend.settled();
    expect(relativeDistance(hostFloats(sum.mean()), expected(0, 700, 1))).toBeLessThan(1e-6);
  });
});
