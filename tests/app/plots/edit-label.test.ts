import { describe, expect, it } from "vitest";
import { editLabel, keptShare, lineLook } from "../../../src/app/plots/edit-label";
import { editName } from "../../../src/cli/edit-name";
import { usualSubnet } from "../../../src/recipe/balanced-subnet";
import type { EditSpec } from "../../../src/stages/edit/types";

const linears = ["vit.encoder.layer.0.output.dense.weight", "vit.encoder.layer.1.output.dense.weight"];
const [first = "", second = ""] = linears;
const subnet: EditSpec = { method: "balanced-subnet", linears, ...usualSubnet };
const kfac = { method: "kfac", linears, energy: 0.75, selection: "pairs" } as const;

describe("labels of edits", () => {
  it.each<[EditSpec, string]>([
    [{ method: "none" }, "unedited"],
    [kfac, "K-FAC, energy 75.0 %"],
    [{ ...kfac, selection: "projection" }, "K-FAC, energy 75.0 %, projection"],
    [{ ...kfac, energies: { [first]: 0.6 } }, "K-FAC, own energies 60.0–75.0 %"],
    [
      { ...kfac, selection: "projection", energies: { [first]: 0.6, [second]: 0.905 } },
      "K-FAC, own energies 60.0–90.5 %, projection",
    ],
    [{ ...kfac, energies: { [first]: 0.6, [second]: 0.6 } }, "K-FAC, energy 60.0 %"],
    [{ method: "svd", linears, keep: 0.2 }, "SVD, 20.0 % of σ"],
    [subnet, "BalancedSubnet, drops 5.0 %, forgets the first half"],
    [
      { ...subnet, forget: "all", genres: ["letter", "essay"] },
      "BalancedSubnet, drops 5.0 %, forgets all of letter, essay",
    ],
    [{ ...subnet, epochs: 0 }, "random mask, drops 5.0 %"],
    [{ ...kfac, ranking: "product" }, "K-FAC, energy 75.0 %"],
    [{ ...kfac, ranking: "saliency" }, "K-FAC by saliency λμC², energy 75.0 %"],
    [{ ...kfac, ranking: "ekfac", selection: "projection" }, "EK-FAC, energy 75.0 %, projection"],
    [
      { method: "control", control: "random-pairs", linears, energy: 0.75, seed: 3 },
      "random pairs of seed 3, as many as energy 75.0 %",
    ],
    [
      { method: "control", control: "magnitude", linears, energy: 0.75, energies: { [first]: 0.6 }, seed: 0 },
      "largest weights, as many as own energies 60.0–75.0 %",
    ],
  ])("%j is %s", (edit, label) => expect(editLabel(edit)).toBe(label));

  it("on the command line name each energy", () => {
    expect(editName({ ...kfac, energies: { [first]: 0.6 } })).toBe(
      "K-FAC pairs, own energies: 0.fc2 0.6, 1.fc2 0.75",
    );
    expect(editName(kfac)).toBe("K-FAC pairs, energy 0.75: 0.fc2 1.fc2");
    expect(editName({ ...kfac, ranking: "ekfac" })).toBe("K-FAC pairs by ekfac, energy 0.75: 0.fc2 1.fc2");
    expect(editName({ method: "control", control: "random-pairs", linears, energy: 0.75, seed: 3 })).toBe(
      "random-pairs of seed 3, energy 0.75: 0.fc2 1.fc2",
    );
    expect(editName(subnet)).toBe("BalancedSubnet, forget first-half, drop 0.05, seed 1: 0.fc2 1.fc2");
    const all = [0, 1].flatMap((layer) =>
      ["gate", "up"].map((role) => `model.layers.${layer}.mlp.${role}_proj.weight`),
    );
    expect(editName({ ...subnet, epochs: 0, linears: all })).toBe(
      "random mask, drop 0.05, seed 1: 0 1 × gate up",
    );
  });

  it("order edits by the mean over their linears", () => {
    expect(keptShare({ ...kfac, energies: { [first]: 0.25 } })).toBe(0.5);
    expect(keptShare({ ...kfac, linears: [first, second, "c"], energy: 0.7 })).toBe(0.7);
    expect(keptShare({ ...subnet, drop: 0.25 })).toBe(0.75);
  });
});

it("controls of one colour are told apart by their marks", () => {
  const kinds = ["random-pairs", "largest-coefficients", "magnitude"] as const;
  const marks = kinds.map((control) => lineLook({ ...kfac, method: "control", control, seed: 0 }).symbol);
  expect(new Set([...marks, lineLook(kfac).symbol]).size).toBe(4);
});
