import { describe, expect, it } from "vitest";
import { useLab, type Lab } from "../../../src/app/state/lab";
import { shownLinear } from "../../../src/app/state/selectors";
import type { LinearSpectrum } from "../../../src/stages/spectrum/types";
import { textExample } from "../../recipe/text-example";

describe("shownLinear", () => {
  const edited = textExample.edits[1]!.method === "kfac" ? textExample.edits[1]!.linears : [];
  const later = "model.layers.5.mlp.down_proj.weight";
  const spectrum = (linear: string): LinearSpectrum => ({
    linear,
    lambda: new Float32Array(1),
    mu: new Float32Array(1),
    sigma: new Float32Array(1),
  });
  const labOf = (linears: readonly string[], linear?: string): Lab => {
    const initial = useLab.getInitialState();
    return {
      ...initial,
      recipe: { ...initial.recipe, recipe: textExample },
      results: { ...initial.results, spectra: linears.map(spectrum) },
      view: { ...initial.view, linear },
    };
  };

  it("is the chosen one if it has a spectrum", () => {
    expect(shownLinear(labOf([...edited, later], later))).toBe(later);
    expect(shownLinear(labOf([...edited, later], edited[0]))).toBe(edited[0]);
  });

  it("is else the last that is edited, whose kept region there is to see", () => {
    expect(edited.length).toBeGreaterThan(1);
    expect(shownLinear(labOf([...edited, later]))).toBe(edited.at(-1));
    expect(shownLinear(labOf([...edited, later], "gone"))).toBe(edited.at(-1));
  });

  it("is else the last with a spectrum, and before there are any the last of the recipe", () => {
    expect(shownLinear(labOf([later]))).toBe(later);
    expect(shownLinear(labOf([]))).toBe(textExample.factors.linears.at(-1));
  });
});
