import { describe, expect, it } from "vitest";
import { linearsName } from "../../../src/app/panels/linears-name";
import { durationText, elapsedText, progressText } from "../../../src/app/panels/progress-text";
import { vitLinear } from "../../../src/recipe/linear-name";
import type { Linear, LinearRole } from "../../../src/stages/model/types";

const linears: Linear[] = [0, 1, 2].flatMap((layer) =>
  (["fc1", "fc2"] as LinearRole[]).map((role) => ({
    id: vitLinear(layer, role)!,
    layer,
    role,
    outputs: 4,
    inputs: 4,
  })),
);
const ids = (...names: [number, LinearRole][]): string[] =>
  names.map(([layer, role]) => vitLinear(layer, role)!);

describe("texts", () => {
  it("name linears by role and layers", () => {
    expect(linearsName(ids([1, "fc2"]), linears)).toBe("fc2 of layer 1");
    expect(linearsName(ids([2, "fc2"], [1, "fc2"]), linears)).toBe("fc2 of layers 1, 2");
    expect(linearsName(ids([0, "fc2"], [1, "fc2"], [2, "fc2"]), linears)).toBe("fc2 of all layers");
    expect(linearsName(ids([0, "fc1"], [1, "fc2"]), linears)).toBe("fc1 of layer 0; fc2 of layer 1");
    expect(linearsName(ids([0, "fc1"], [0, "fc2"], [2, "fc2"], [2, "fc1"]), linears)).toBe(
      "fc1, fc2 of layers 0, 2",
    );
    expect(linearsName([...ids([7, "fc2"]), "lm_head.weight"], linears)).toBe("7.fc2; lm_head.weight");
  });

  it("give progress with units, rate and time left", () => {
    const progress = {
      stage: "factors",
      unit: "images",
      done: 420,
      total: 1000,
      rate: 310,
      remaining: 1.9,
    } as const;
    expect(progressText(progress)).toBe("420 of 1,000 images, 310 per s, 2 s left");
    const share = { ...progress, done: 42.5, total: 100, unit: "% of the eigendecomposition", rate: 12 };
    expect(progressText(share)).toBe("42.5 % of the eigendecomposition, 12 % per s, 2 s left");
    expect(progressText({ ...progress, done: 0, rate: 0, remaining: undefined })).toBe("0 of 1,000 images");
  });

  it("give durations in the unit a person would use", () => {
    expect([0.2, 59.4, 61, 3599.6, 3900].map(durationText)).toEqual([
      "1 s",
      "59 s",
      "1 min 1 s",
      "1 h 0 min",
      "1 h 5 min",
    ]);
    expect([12.3, 3400, 90_000].map(elapsedText)).toEqual(["12 ms", "3.4 s", "1 min 30 s"]);
  });
});
