import { describe, expect, it } from "vitest";
import { disentanglement } from "../../../src/stages/spectrum/disentanglement";
import type { LinearBands } from "../../../src/stages/spectrum/types";

type Pair = readonly [memorized: number, clean: number];

function linear(name: string, kfac: readonly Pair[], svd: readonly Pair[] = []): LinearBands {
  const responses = (pairs: readonly Pair[]) =>
    pairs.map(([memorized, clean], i) => ({
      band: { from: 0, to: 1, label: `band ${String(i)}` },
      memorized,
      clean,
      memorizedSpread: 1,
      cleanSpread: 1,
    }));
  return { linear: name, kfac: responses(kfac), svd: responses(svd) };
}

describe("disentanglement", () => {
  it("is the largest ratio either way, in powers of two", () => {
    const up = [
      linear("first", [[1, 1]]),
      linear("last", [
        [3, 2],
        [8, 2],
      ]),
    ];
    expect(disentanglement(up, "kfac")).toEqual({ size: 2, ratio: 4, linear: "last", band: "band 1" });
    const down = [
      linear("first", [
        [1, 8],
        [2, 1],
      ]),
      linear("last", [[4, 1]]),
    ];
    expect(disentanglement(down, "kfac")).toEqual({ size: 3, ratio: 1 / 8, linear: "first", band: "band 0" });
  });

  it("looks at the first and the last layer alone", () => {
    const three = [linear("first", [[2, 1]]), linear("middle", [[64, 1]]), linear("last", [[1, 1]])];
    expect(disentanglement(three, "kfac")).toMatchObject({ size: 1, linear: "first" });
    expect(disentanglement(three.slice(0, 2), "kfac")).toMatchObject({ size: 6, linear: "middle" });
    expect(disentanglement(three.slice(0, 1), "kfac")).toMatchObject({ size: 1 });
  });

  it("of the memorized side takes the band that responds most to memorized samples, even if none does more", () => {
    const down = [
      linear("first", [
        [1, 8],
        [2, 1],
      ]),
      linear("last", [[3, 2]]),
    ];
    expect(disentanglement(down, "kfac", "memorized")).toMatchObject({
      size: 1,
      linear: "first",
      band: "band 1",
    });
    expect(disentanglement([linear("one", [[1, 4]])], "kfac", "memorized")).toMatchObject({ size: -2 });
  });

  it("keeps the two bases apart", () => {
    const both = [linear("one", [[2, 1]], [[1, 1]])];
    expect(disentanglement(both, "kfac")?.size).toBe(1);
    expect(disentanglement(both, "svd")?.size).toBe(0);
  });

  it("leaves out bands without a response, and is undefined if no other is left", () => {
    expect(
      disentanglement(
        [
          linear("one", [
            [0, 1],
            [1, 0],
            [Number.NaN, 1],
            [3, 2],
          ]),
        ],
        "kfac",
      )?.ratio,
    ).toBe(1.5);
    expect(disentanglement([linear("one", [[0, 1]])], "kfac")).toBeUndefined();
    expect(disentanglement([], "kfac")).toBeUndefined();
  });
});
