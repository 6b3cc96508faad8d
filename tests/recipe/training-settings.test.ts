import { describe, expect, it } from "vitest";
import { faultText, type Fault } from "../../src/recipe/check";
import {
  defaultTraining,
  settingsOf,
  settingsText,
  trainedId,
  trainedModelOf,
  trainedRecipe,
  trainingLimits,
  trainingSettings,
} from "../../src/recipe/training-settings";
import { validateRecipe } from "../../src/recipe/validate";
import type { TrainingSettings } from "../../src/recipe/training-settings";

function faultsOf(change: Readonly<Record<string, unknown>>): string[] {
  const faults: Fault[] = [];
  trainingSettings({ ...defaultTraining, ...change }, "", faults);
  return faults.map(faultText);
}

describe("training settings", () => {
  it("take the default, and both ends of every limit", () => {
    expect(faultsOf({})).toEqual([]);
    for (const [field, { minimum, maximum }] of Object.entries(trainingLimits)) {
      for (const end of [minimum, maximum]) expect([field, faultsOf({ [field]: end })]).toEqual([field, []]);
      for (const beyond of [minimum - 1, maximum + 1]) {
        expect(faultsOf({ [field]: beyond })[0]).toMatch(
          new RegExp(`^${field}: expected a (whole )?number from`),
        );
      }
    }
  });

  it("name what is no setting", () => {
    expect(faultsOf({ width: 30 })).toEqual([
      "width: expected a multiple of 4, the number of attention heads, got 30",
    ]);
    expect(faultsOf({ images: 1000.5 })[0]).toContain("images: expected a whole number");
    expect(faultsOf({ weightDecay: "0.3" })[0]).toContain("weightDecay: expected a number");
    expect(faultsOf({ weightDecay: Number.NaN })[0]).toContain("weightDecay: expected a number");
    expect(faultsOf({ labelNoise: 0.123456 })[0]).toContain("at most 4 decimals");
    expect(faultsOf({ batch: 32 })[0]).toContain("batch: unknown");
    expect(faultsOf({ seed: undefined })[0]).toContain("seed: expected a whole number");
  });

  it("stand in a link as one word, which gives them back", () => {
    expect(settingsText(defaultTraining)).toMatch(/^i\d+-n0\.1-d[\d.]+-l\d-w32-m\d+-e\d+-s1$/);
    const odd: TrainingSettings = {
      images: 128,
      labelNoise: 0.0001,
      weightDecay: 4.5678,
      layers: 6,
      width: 96,
      mlpWidth: 1000,
      epochs: 1,
      seed: 4294967295,
    };
    for (const settings of [defaultTraining, odd]) {
      expect(settingsOf(settingsText(settings))).toEqual(settings);
    }
  });

  const text = settingsText(defaultTraining);
  it.each([
    "",
    text.replace("n0.1", "n0.10"),
    text.replace("n0.1", "n0.9"),
    text.replace("s1", "s01"),
    text.replace("w32", "w30"),
    text.replace("-d", "-x"),
    `${text}-`,
  ])("are not read from %j", (wrong) => {
    expect(settingsOf(wrong)).toBeUndefined();
  });
});

describe("a trained model's name", () => {
  const name = { settings: { ...defaultTraining, epochs: 40 }, epoch: 17 };

  it("gives back its settings and epoch, and no epoch beyond its training", () => {
    expect(trainedModelOf(trainedId(name))).toEqual(name);
    for (const wrong of ["-at0", "-at41", "-at007", ""]) {
      expect(trainedModelOf(settingsText(name.settings) + wrong)).toBeUndefined();
    }
  });

  it("opens as a recipe on the images it was trained on", () => {
    const recipe = trainedRecipe(name);
    expect(validateRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual({ ok: true, value: recipe });
    expect(recipe.data).toMatchObject({ seed: 1001, trainingImages: name.settings.images, labelNoise: 0.1 });
    expect(recipe.factors.linears).toHaveLength(name.settings.layers);
    const clean = trainedRecipe({ ...name, settings: { ...name.settings, labelNoise: 0 } });
    expect(clean.evaluation.memorized).toBe(0);
  });

  it("is refused by a recipe if it is none", () => {
    const recipe = { ...trainedRecipe(name), model: { kind: "trained", id: "../secret" } };
    const validation = validateRecipe(recipe);
    expect(!validation.ok && validation.faults.map(faultText)).toEqual([
      expect.stringContaining("model.id: expected the name of a trained model such as i"),
    ]);
  });
});
