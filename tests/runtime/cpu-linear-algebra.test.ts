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
