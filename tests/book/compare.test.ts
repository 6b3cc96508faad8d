import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compareDecay, compareRuns } from "../../src/book/compare";
import { decodeBookRun, encodeBookRun } from "../../src/book/run";
import { decodeDecaySeries } from "../../src/engine/decay-series";
import type { ClassificationMetrics } from "../../src/stages/evaluation/types";
import { imageRun, textRun } from "./example-runs";

function withMetrics(change: Partial<ClassificationMetrics>): typeof imageRun {
  const [unedited, edited, ...rest] = imageRun.edits;
  const metrics = { ...edited!.metrics, ...change } as ClassificationMetrics;
  return { ...imageRun, edits: [unedited!, { ...edited!, metrics }, ...rest] };
}

describe("compareRuns", () => {
  it("passes a run that is the stored one, also after it went through its file", () => {
    for (const run of [imageRun, textRun]) {
      const { differences, compared } = compareRuns(decodeBookRun(encodeBookRun(run)), run);
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(20);
    }
  });

  it("names a figure that has changed beyond its tolerance, and passes one within", () => {
    expect(compareRuns(imageRun, withMetrics({ memorized: 0.129 })).differences).toEqual([]);
    const { differences, largest } = compareRuns(imageRun, withMetrics({ memorized: 0.131 }));
    expect(differences).toEqual([
      { of: "edit 1", metric: "memorized", part: "", stored: 0.12, computed: 0.131 },
    ]);
    expect(largest.get("memorized")).toBeCloseTo(0.011, 10);
  });

  it("fails a figure that is missing, on either side", () => {
    const fewer = { ...imageRun, edits: imageRun.edits.slice(0, 2) };
    expect(compareRuns(imageRun, fewer).differences).toContainEqual(
      expect.objectContaining({ of: "edit 2", metric: "clean", stored: 0.5, computed: undefined }),
    );
    expect(compareRuns(fewer, imageRun).differences).toContainEqual(
      expect.objectContaining({ of: "edit 2", metric: "clean", stored: undefined, computed: 0.5 }),
    );
    expect(compareRuns(imageRun, { ...imageRun, bands: [] }).differences).not.toEqual([]);
  });

  it("takes accuracies of no images as equal to each other, and to no number", () => {
    const none = withMetrics({ memorized: Number.NaN });
    expect(compareRuns(none, none).differences).toEqual([]);
    expect(compareRuns(decodeBookRun(encodeBookRun(none)), none).differences).toEqual([]);
    expect(compareRuns(none, imageRun).differences).toHaveLength(1);
  });

  it("measures perplexity and responses as a share of the stored value", () => {
    const bands = imageRun.bands.map((one) => ({
      ...one,
      kfac: one.kfac.map((response) => ({ ...response, clean: response.clean * 1.009 })),
    }));
    expect(compareRuns(imageRun, { ...imageRun, bands }).differences).toEqual([]);
    const wider = imageRun.bands.map((one) => ({
      ...one,
      kfac: one.kfac.map((response) => ({ ...response, clean: response.clean * 1.02 })),
    }));
    expect(compareRuns(imageRun, { ...imageRun, bands: wider }).differences).not.toEqual([]);
  });

  it("fails bands over other numbers of samples, but for one or two that tip", () => {
    const over = (memorized: number): typeof imageRun => ({
      ...imageRun,
      bandSamples: { memorized, clean: 250 },
    });
    const { differences } = compareRuns(decodeBookRun(encodeBookRun(over(250))), over(84));
    expect(differences).toEqual([
      { of: "bands", metric: "bandSamples", part: "memorized", stored: 250, computed: 84 },
    ]);
    expect(compareRuns(over(250), over(249)).differences).toEqual([]);
    expect(compareRuns(imageRun, over(250)).differences).not.toEqual([]);
  });

  it("fails another recipe", () => {
    const recipe = { ...imageRun.recipe, title: "Another" };
    expect(compareRuns(imageRun, { ...imageRun, recipe }).differences).toEqual([
      expect.objectContaining({ metric: "recipe" }),
    ]);
  });

  it("holds a series of weight decays against the stored one, training and bands", () => {
    const series = decodeDecaySeries(readFileSync("public/results/decay-series.json", "utf8"));
    const { compared, differences } = compareDecay(series, series);
    expect(differences).toEqual([]);
    // Five of the training, one count, and responses of 2 orders, 2 layers, 2 bases, 4 bands, 2 groups.
    expect(compared).toBe(series.runs.length * (6 + 64));
    const [first, ...rest] = series.runs;
    const other = { ...first!, point: { ...first!.point, validation: 0.5 } };
    expect(compareDecay(series, { ...series, runs: [other, ...rest] }).differences).toEqual([
      expect.objectContaining({ of: "decay 0", metric: "validation", computed: 0.5 }),
    ]);
    expect(compareDecay(series, { ...series, runs: rest }).differences).toHaveLength(70);
  });

  it("lets a text in four part from the stored one, and no more", () => {
    const parted = (count: number): typeof textRun => ({
      ...textRun,
      texts: textRun.texts.map((text, at) => ({
        ...text,
        continuations: text.continuations.map((one, edit) => (at * 3 + edit < count ? `${one}!` : one)),
      })),
    });
    expect(compareRuns(textRun, parted(3)).differences).toEqual([]);
    expect(compareRuns(textRun, parted(4)).differences).toHaveLength(1);
    expect(compareRuns(textRun, { ...textRun, texts: [] }).differences).toHaveLength(1);
  });
});
