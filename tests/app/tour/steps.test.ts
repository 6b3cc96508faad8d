import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { useLab } from "../../../src/app/state/lab";
import { alignResults } from "../../../src/app/state/run-recipe";
import { storedResultsFor } from "../../../src/app/state/results-slice";
import { imageSteps } from "../../../src/app/tour/image-steps";
import type { TourStep } from "../../../src/app/tour/step";
import { textSteps } from "../../../src/app/tour/text-steps";
import { tourSteps } from "../../../src/recipe/link";
import { ROOT } from "../../../src/cli/install.mjs";
import { decodeStoredResults } from "../../../src/engine/stored-results";
import { validateCatalogue } from "../../../src/recipe/catalogue";

/** The page as it opens on a shipped model's stored results. */
function open(model: string): void {
  const read = (path: string): string => readFileSync(join(ROOT, "public", path), "utf8");
  const catalogue = validateCatalogue(JSON.parse(read("models/index.json")));
  if (!catalogue.ok) throw new Error("no catalogue");
  const stored = decodeStoredResults(read(`results/${model}.json`));
  alignResults(stored.recipe);
  useLab.setState({
    ...useLab.getInitialState(),
    device: {
      kind: "ready",
      report: {
        backend: "wasm",
        choice: "cpu",
        webgpu: { kind: "none", description: "" },
        threads: 1,
        crossOriginIsolated: true,
      },
    },
    recipe: { catalogue: catalogue.value, recipe: stored.recipe, faults: [] },
    results: storedResultsFor(stored, stored.recipe),
  });
}

const lab = () => useLab.getState();
const labels = (step: TourStep): string[] => step.actions(lab()).map(({ label }) => label);
function act(step: TourStep, label: string): void {
  const action = step.actions(lab()).find((one) => one.label === label);
  if (action === undefined) throw new Error(`no action ${label} among ${labels(step).join(", ")}`);
  action.run();
}

describe.each([
  ["images", "vit-plain", imageSteps],
  ["text", "olmo-planted", textSteps],
] as const)("the tour through %s", (_, model, steps) => {
  beforeEach(() => open(model));

  it("has six steps, each with a section and something to tell on stored results", () => {
    expect(steps).toHaveLength(tourSteps);
    for (const step of steps) {
      expect(step.outcome(lab()), step.title).toMatch(/\d/);
      expect(step.outcome(lab()), step.title).not.toMatch(/NaN|undefined|none/);
    }
  });

  it("tells nothing and offers to compute where nothing is known", () => {
    useLab.setState({ results: useLab.getInitialState().results });
    for (const step of steps) expect(step.outcome(lab()), step.title).toBeUndefined();
    for (const step of steps.slice(0, 4)) expect(labels(step), step.title).toEqual(["Compute it"]);
  });

  it("looks at the unedited model first, and offers no action that would change nothing", () => {
    const [first] = steps;
    const [label] = labels(first!);
    act(first!, label!);
    expect(lab().view.edit).toBe(0);
    expect(labels(first!)).toEqual([]);
  });

  it("looks at the first down-projection's spectra, then at the last one's bands, then at all", () => {
    act(steps[1]!, "Look at the first down-projection");
    expect(lab().view.linear).toMatch(/0\.(output\.dense|mlp\.down_proj)\.weight$/);
    const first = steps[2]!.outcome(lab());
    act(steps[2]!, "Look at the last down-projection");
    expect(lab().view.linear).toMatch(/(3\.output\.dense|5\.mlp\.down_proj)\.weight$/);
    expect(steps[2]!.outcome(lab())).not.toBe(first);
    act(steps[2]!, "Show all layers at once");
    expect(lab().view.bands).toBe("all");
    expect(labels(steps[2]!)).toEqual(["Back to this matrix"]);
  });

  it("moves the energy by the recipe, tells old numbers no longer, and puts it back", () => {
    const before = lab().recipe.recipe;
    const [label] = labels(steps[3]!);
    expect(label).toMatch(/^Set it to \d+ %$/);
    act(steps[3]!, label!);
    expect(lab().recipe.recipe).not.toEqual(before);
    expect(lab().view.edit).toBe(1);
    expect(steps[3]!.outcome(lab())).toBeUndefined();
    act(steps[3]!, "Put it back");
    expect(lab().recipe.recipe).toEqual(before);
  });

  it("goes from row to row of the table", () => {
    act(steps[4]!, "Choose the SVD row");
    expect(lab().recipe.recipe?.edits[lab().view.edit]?.method).toBe("svd");
    expect(labels(steps[4]!)).toContain("Choose the K-FAC row");
    expect(steps[4]!.outcome(lab())).toMatch(/K-FAC.*SVD/);
    act(steps[4]!, "Add BalancedSubnet");
    const { edits } = lab().recipe.recipe ?? { edits: [] };
    expect(edits.at(-1)).toMatchObject({ method: "balanced-subnet", forget: "first-half" });
    expect(lab().view.edit).toBe(edits.length - 1);
    expect(labels(steps[4]!)).not.toContain("Add BalancedSubnet");
  });
});

describe("the numbers of the tour", () => {
  it("are those of the results", () => {
    open("vit-plain");
    const metrics = lab().results.edits[0]?.metrics;
    if (metrics === undefined || !("memorized" in metrics)) throw new Error("no metrics");
    expect(imageSteps[0]!.outcome(lab())).toContain(`${(100 * metrics.memorized).toFixed(1)} %`);
    expect(imageSteps[5]!.outcome(lab())).toContain("Of 500 clean pictures");
  });

  it("say so where nothing was memorized, and lead to a model where something was", () => {
    open("vit-clean");
    expect(imageSteps[0]!.outcome(lab())).toBe("This model was told no wrong label.");
    expect(labels(imageSteps[0]!)).toEqual(["Open Plain"]);
  });
});
