import { describe, expect, it } from "vitest";
import { editLabel, keptShare } from "../../../src/app/plots/edit-label";
import { editName } from "../../../src/cli/edit-name";
import type { EditSpec } from "../../../src/stages/edit/types";

const linears = ["vit.encoder.layer.0.output.dense.weight", "vit.encoder.layer.1.output.dense.weight"];
const [first = "", second = ""] = linears;
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
  ])("%j is %s", (edit, label) => expect(editLabel(edit)).toBe(label));

  it("on the command line name each energy", () => {
    expect(editName({ ...kfac, energies: { [first]: 0.6 } })).toBe(
      "K-FAC pairs, own energies: 0.fc2 0.6, 1.fc2 0.75",
    );
    expect(editName(kfac)).toBe("K-FAC pairs, energy 0.75: 0.fc2 1.fc2");
  });

  it("order edits by the mean over their linears", () => {
    expect(keptShare({ ...kfac, energies: { [first]: 0.25 } })).toBe(0.5);
    expect(keptShare({ ...kfac, linears: [first, second, "c"], energy: 0.7 })).toBe(0.7);
  });
});
