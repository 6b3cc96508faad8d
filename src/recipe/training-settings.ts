import { integer, number, record, type Check, type Fault } from "./check";
import { vitLinear } from "./linear-name";
import type { ImageRecipe } from "./schema";
import type { ShapesSpec } from "../stages/data/types";
import type { LinearId } from "../stages/model/types";

/** Settings of a training in the tab: their limits, their text in links, and the name of what they train. */

/** What a person chooses of a training in the tab; the rest of its recipe is fixed. */
export interface TrainingSettings {
  /** Training images. */
  readonly images: number;
  /** Share of training images with a wrong label, 0..1. */
  readonly labelNoise: number;
  /** Decoupled weight decay of every matrix, per unit of learning rate. */
  readonly weightDecay: number;
  readonly layers: number;
  /** Numbers per token; a multiple of the four attention heads. */
  readonly width: number;
  /** Units of every MLP, between fc1 and fc2. */
  readonly mlpWidth: number;
  readonly epochs: number;
  /** Draws the images, the wrong labels, the first weights and the order of the batches. */
  readonly seed: number;
}

interface Limits {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
}

/** Beyond these a training takes hours, or nothing can be learned. */
export const trainingLimits = {
  images: { minimum: 128, maximum: 20_000, step: 1 },
  labelNoise: { minimum: 0, maximum: 0.5, step: 0.01 },
  weightDecay: { minimum: 0, maximum: 5, step: 0.1 },
  layers: { minimum: 1, maximum: 6, step: 1 },
  width: { minimum: 8, maximum: 96, step: 4 },
  mlpWidth: { minimum: 16, maximum: 1024, step: 1 },
  epochs: { minimum: 1, maximum: 300, step: 1 },
  seed: { minimum: 0, maximum: 4294967295, step: 1 },
} as const satisfies Record<keyof TrainingSettings, Limits>;

/** Memorizes within a minute or two on the processor of a laptop. */
export const defaultTraining: TrainingSettings = {
  images: 3000,
  labelNoise: 0.1,
  weightDecay: 0.3,
  layers: 2,
  width: 32,
  mlpWidth: 256,
  epochs: 100,
  seed: 1,
};

const whole = (field: "images" | "layers" | "width" | "mlpWidth" | "epochs" | "seed"): Check<number> =>
  integer(trainingLimits[field].minimum, trainingLimits[field].maximum);

/** Decimals of the shares and decays, so that a setting and its text are one. */
const decimals = 4;

function decimal(field: "labelNoise" | "weightDecay"): Check<number> {
  const within = number(trainingLimits[field].minimum, trainingLimits[field].maximum);
  return (value, path, faults) => {
    const checked = within(value, path, faults);
    if (checked === undefined || Number(checked.toFixed(decimals)) === checked) return checked;
    faults.push({ path, message: `expected at most ${String(decimals)} decimals, got ${String(checked)}` });
    return undefined;
  };
}

const shape = record<TrainingSettings>({
  images: whole("images"),
  labelNoise: decimal("labelNoise"),
  weightDecay: decimal("weightDecay"),
  layers: whole("layers"),
  width: whole("width"),
  mlpWidth: whole("mlpWidth"),
  epochs: whole("epochs"),
  seed: whole("seed"),
});

export const trainingSettings: Check<TrainingSettings> = (value, path, faults) => {
  const settings = shape(value, path, faults);
  if (settings === undefined || settings.width % trainingLimits.width.step === 0) return settings;
  faults.push({
    path: path === "" ? "width" : `${path}.width`,
    message: `expected a multiple of 4, the number of attention heads, got ${String(settings.width)}`,
  });
  return undefined;
};

/** Letters of the settings in their text, in its order. */
const letters = {
  images: "i",
  labelNoise: "n",
  weightDecay: "d",
  layers: "l",
  width: "w",
  mlpWidth: "m",
  epochs: "e",
  seed: "s",
} as const satisfies Record<keyof TrainingSettings, string>;

/** Settings as one word, e.g. `i3000-n0.1-d0.3-l2-w32-m256-e100-s1`. */
export function settingsText(settings: TrainingSettings): string {
  return fields.map((field) => `${letters[field]}${String(settings[field])}`).join("-");
}

const fields = Object.keys(letters) as (keyof TrainingSettings)[];
const settingsPattern = new RegExp(
  `^${fields.map((field) => `${letters[field]}(\\d+(?:\\.\\d+)?)`).join("-")}$`,
);

/** Inverse of `settingsText`; undefined for a text that is none or whose settings are out of their limits. */
export function settingsOf(text: string): TrainingSettings | undefined {
  const numbers = settingsPattern.exec(text)?.slice(1);
  if (numbers === undefined) return undefined;
  const settings = trainingSettings(
    Object.fromEntries(fields.map((field, i) => [field, Number(numbers[i])])),
    "",
    [],
  );
  // One text per setting: neither 0.10 nor 01.
  return settings !== undefined && settingsText(settings) === text ? settings : undefined;
}

/** What a training made, and how far it had come. */
export interface TrainedModelName {
  readonly settings: TrainingSettings;
  /** Epochs trained, at most those of the settings. */
  readonly epoch: number;
}

/** Name of a trained model: `SETTINGS-atEPOCH`. The same name is the same recipe, wherever it is trained again. */
export function trainedId({ settings, epoch }: TrainedModelName): string {
  return `${settingsText(settings)}-at${String(epoch)}`;
}

/** What a name says; undefined for a text that is no name. */
export function trainedModelOf(id: string): TrainedModelName | undefined {
  const [, text = "", epochs = ""] = /^(.*)-at([1-9]\d{0,2})$/.exec(id) ?? [];
  const settings = settingsOf(text);
  const epoch = Number(epochs);
  return settings !== undefined && epoch <= settings.epochs ? { settings, epoch } : undefined;
}

/** A text in a link that names settings. */
export const linkedSettings: Check<TrainingSettings> = (value, path, faults: Fault[]) => {
  const settings = typeof value === "string" ? settingsOf(value) : undefined;
  if (settings === undefined)
    faults.push({
      path,
      message: `expected settings of a training such as ${settingsText(defaultTraining)} within their limits`,
    });
  return settings;
};

export const trainedModelId: Check<string> = (value, path, faults) => {
  if (typeof value === "string" && trainedModelOf(value) !== undefined) return value;
  faults.push({
    path,
    message: `expected the name of a trained model such as ${trainedId({ settings: defaultTraining, epoch: defaultTraining.epochs })}`,
  });
  return undefined;
};

/** Images of seed 1 are those of the shipped models. */
const firstDataSeed = 1000;
const seeds = 2 ** 32;

/** The images a training of these settings sees, and those it is judged by. */
export function trainingData({ images, labelNoise, seed }: TrainingSettings): ShapesSpec {
  return {
    kind: "shapes",
    seed: (firstDataSeed + seed) % seeds,
    trainingImages: images,
    validationImages: 1000,
    labelNoise,
    classes: 10,
  };
}

/** fc2 of every layer: where the lab looks for memory, and what it cuts. */
export function downProjectionsOf({ layers }: TrainingSettings): LinearId[] {
  return Array.from({ length: layers }, (_, layer) => vitLinear(layer, "fc2") ?? "");
}

/** Where the analysis of a trained model starts: its own images, all its fc2. */
export function trainedRecipe(name: TrainedModelName): ImageRecipe {
  const linears = downProjectionsOf(name.settings);
  const { images, labelNoise } = name.settings;
  return {
    version: 1,
    title: trainedTitle(name),
    data: trainingData(name.settings),
    model: { kind: "trained", id: trainedId(name) },
    factors: { linears, images: Math.min(1000, images), tokens: "readout", labels: "sampled", seed: 1 },
    spectrum: { bandOrder: "lambda", bandTokens: "readout", bandNormalized: false },
    edits: [
      { method: "none" },
      { method: "kfac", linears, energy: 0.8, selection: "pairs" },
      { method: "svd", linears, keep: 0.1 },
    ],
    evaluation: { clean: 500, memorized: labelNoise === 0 ? 0 : 500, validation: 1000 },
  };
}

/** `10 % noise, decay 0.3, 100 epochs`. */
export function trainedTitle({ settings, epoch }: TrainedModelName): string {
  const { labelNoise, weightDecay, epochs } = settings;
  const percent = String(Number((100 * labelNoise).toFixed(2)));
  const of = epoch < epochs ? ` of ${String(epochs)}` : "";
  return `Own training: ${percent} % noise, decay ${String(weightDecay)}, ${String(epoch)}${of} epochs`;
}
