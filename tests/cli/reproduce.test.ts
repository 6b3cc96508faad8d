import { describe, expect, it } from "vitest";
import { compareRuns } from "../../src/book/compare";
import { Progress } from "../../src/cli/reproduce/progress";
import { differenceTable, toleranceTable } from "../../src/cli/reproduce/report";
import { imageRun, textRun } from "../book/example-runs";

const images = { recipe: imageRun.recipe, scan: imageRun.scan.map(({ edit }) => edit), texts: false };

describe("Progress", () => {
  it("tells the time left from the work done so far, over all results", () => {
    let now = 0;
    const progress = new Progress([images, images], () => now);
    now = 10_000;
    expect(progress.line(images, { stages: 0, edits: 0 })).toBe("0 %, 10 s");
    progress.finished(images);
    expect(progress.line(images, { stages: 0, edits: 0 })).toBe("50 %, 10 s, about 10 s left");
    now = 30_000;
    expect(progress.line(images, { stages: 6, edits: 7 })).toBe("100 %, 30 s, about 0 s left");
  });

  it("counts a text as more work than an image model's edit", () => {
    const text = { recipe: textRun.recipe, scan: [], texts: true };
    let now = 0;
    const progress = new Progress([images, text], () => now);
    progress.finished(images);
    now = 1000;
    expect(Number(/^(\d+) %/.exec(progress.line(text, { stages: 0, edits: 0 }))?.[1])).toBeLessThan(40);
  });
});

describe("the report", () => {
  const [unedited, edited, ...rest] = imageRun.edits;
  const metrics = { ...edited!.metrics, memorized: 0.2, validation: Number.NaN };
  const changed = { ...imageRun, edits: [unedited!, { ...edited!, metrics }, ...rest], bands: [] };
  const comparison = compareRuns(imageRun, changed);

  it("lists what differs with both values, the change and the tolerance", () => {
    const lines = differenceTable("images-plain", comparison.differences).split("\n");
    expect(lines[0]).toMatch(/^result +of +metric +stored +computed +change +tolerance$/);
    expect(lines).toContainEqual(
      expect.stringMatching(/^images-plain +edit 1 +memorized +0\.12 +0\.2 +\+0\.08 +±0\.01$/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/edit 1 +validation +0\.75 +NaN/));
    expect(lines).toContainEqual(expect.stringMatching(/bands of 3\.fc2, K-FAC.+ missing +±1 %$/));
  });

  it("prints every tolerance, with the largest difference met", () => {
    const text = toleranceTable([comparison]);
    expect(text).toMatch(/^memorized +±0\.01 +0\.08 /m);
    expect(text).toMatch(/^perplexity +±0\.5 % +not met /m);
    expect(text).toMatch(/^clean +±0\.01 +0 /m);
  });
});
