import { describe, expect, it } from "vitest";
import {
  energyOf,
  energyRange,
  inOrder,
  withEnergyOf,
  withLinears,
  withOwnEnergy,
  type KfacEdit,
} from "../../src/recipe/own-energies";

const plain: KfacEdit = { method: "kfac", linears: ["a", "b", "c"], energy: 0.8, selection: "pairs" };
const own: KfacEdit = { ...plain, energies: { b: 0.6 } };

describe("own energies", () => {
  it("stand in for the energy of the edit", () => {
    expect(plain.linears.map((id) => energyOf(own, id))).toEqual([0.8, 0.6, 0.8]);
    expect(energyRange(own)).toEqual({ lowest: 0.6, highest: 0.8 });
    expect(energyRange(plain)).toEqual({ lowest: 0.8, highest: 0.8 });
  });

  it("may be 0", () => {
    expect(energyOf({ ...plain, energies: { a: 0 } }, "a")).toBe(0);
  });

  it("leave no trace when the last is taken away", () => {
    expect(JSON.stringify(withOwnEnergy(own, ["b"], undefined))).toBe(JSON.stringify(plain));
  });

  it("give one text whatever order they were set in", () => {
    const first = withOwnEnergy(withOwnEnergy(plain, ["c"], 0.5), ["a"], 0.7);
    const second = withOwnEnergy(withOwnEnergy(plain, ["a"], 0.7), ["c"], 0.5);
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    expect(JSON.stringify(inOrder({ ...plain, energies: { c: 0.5, a: 0.7 } }))).toBe(JSON.stringify(first));
  });

  it("are set for several linears at once, and for edited ones only", () => {
    expect(withOwnEnergy(own, ["a", "c", "elsewhere"], 0.9).energies).toEqual({ a: 0.9, b: 0.6, c: 0.9 });
  });

  it("move under the slider of a matrix that has one; else the energy of the edit moves", () => {
    expect(withEnergyOf(own, "b", 0.7)).toEqual({ ...plain, energies: { b: 0.7 } });
    expect(withEnergyOf(own, "a", 0.7)).toEqual({ ...own, energy: 0.7 });
    expect(withEnergyOf(own, undefined, 0.7)).toEqual({ ...own, energy: 0.7 });
  });

  it("go with their linear", () => {
    expect(withLinears(own, ["a", "c"])).toStrictEqual({ ...plain, linears: ["a", "c"] });
    expect(withLinears(own, ["d", "b"])).toEqual({ ...plain, linears: ["d", "b"], energies: { b: 0.6 } });
  });
});
