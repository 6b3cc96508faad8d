import type { CorpusSpec, ShapesSpec } from "../stages/data/types";
import type { EditSpec } from "../stages/edit/types";
import type { EvaluationSpec, TextEvaluationSpec } from "../stages/evaluation/types";
import type { FactorsSpec, TextFactorsSpec } from "../stages/factors/types";
import type { LinearId, ModelSpec } from "../stages/model/types";
import type { SpectrumSpec } from "../stages/spectrum/types";
import { balancedSubnetCheck } from "./balanced-subnet";
import {
  boolean,
  dictionary,
  distinct,
  integer,
  list,
  number,
  oneOf,
  record,
  tagged,
  text,
  type Check,
  type Fault,
} from "./check";
import { factorLinears } from "./factor-linears";
import { inOrder, type ControlEdit, type EnergyEdit, type KfacEdit } from "./own-energies";
import { isTextRecipe, type ImageRecipe, type Recipe, type TextRecipe } from "./schema";
import { trainedModelId } from "./training-settings";

/** A recipe that came from outside is used only after this: either it is whole, or every fault is named. */
export type Validation<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] };

const seed = integer(0, 4294967295);
/** Validation images start here, so training images must end before. */
const trainingImages = integer(1, 1_000_000);
const maximumLinears = 600;
const maximumEdits = 16;

/** The trailing `.weight` and the leading letter keep names apart from the short names of links. */
export const linearId: Check<LinearId> = text(
  /^[A-Za-z_][\w.]*\.weight$/,
  "the name of a weight, e.g. vit.encoder.layer.0.output.dense.weight,",
);
const linears = distinct(list(linearId, 1, maximumLinears));

const corpus = record<CorpusSpec>({
  kind: oneOf("corpus"),
  seed,
  pieces: integer(0, 20_000_000),
  plants: integer(0, 2000),
  plantRepeats: integer(0, 1000),
  quotes: integer(0, 2000),
  quoteRepeats: integer(0, 1000),
});

const shapes = record<ShapesSpec>({
  kind: oneOf("shapes"),
  seed,
  trainingImages,
  validationImages: integer(0, 1_000_000),
  labelNoise: number(0, 0.9),
  classes: integer(2, 10),
});

/** SHA-256 as hexadecimal digits. */
export const sha256Text: Check<string> = text(/^[0-9a-f]{64}$/, "a SHA-256 of 64 hexadecimal digits", 64);

const model = tagged<ModelSpec>("kind", {
  shipped: record<Extract<ModelSpec, { kind: "shipped" }>>({
    kind: oneOf("shipped"),
    name: text(/^[a-z0-9][a-z0-9-]*$/, "a folder name of small letters, digits and hyphens", 60),
  }),
  hub: record<Extract<ModelSpec, { kind: "hub" }>>({
    kind: oneOf("hub"),
    repository: text(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, "a repository such as owner/name"),
    revision: text(/^[A-Za-z0-9][\w.-]*$/, "a branch, tag or commit", 80),
  }),
  dropped: record<Extract<ModelSpec, { kind: "dropped" }>>({
    kind: oneOf("dropped"),
    sha256: sha256Text,
  }),
  trained: record<Extract<ModelSpec, { kind: "trained" }>>({ kind: oneOf("trained"), id: trainedModelId }),
});

const factors = record<FactorsSpec>({
  linears,
  images: integer(1, 100_000),
  tokens: oneOf("all", "readout"),
  labels: oneOf("sampled", "gold"),
  seed,
});

const textFactors = record<TextFactorsSpec>(
  {
    linears,
    windows: integer(1, 100_000),
    tokens: oneOf("all"),
    text: oneOf("fresh", "mixture", "own"),
    ownText: sha256Text,
    labels: oneOf("sampled", "gold"),
    seed,
  },
  ["ownText"],
);

const spectrum = record<SpectrumSpec>({
  bandOrder: oneOf("product", "lambda"),
  bandTokens: oneOf("all", "readout"),
  bandNormalized: boolean,
});

const energy = number(0, 1);
const kfacShape = record<KfacEdit>(
  {
    method: oneOf("kfac"),
    linears,
    energy,
    selection: oneOf("pairs", "projection"),
    energies: dictionary(linearId, energy),
    ranking: oneOf("product", "saliency", "ekfac"),
  },
  ["energies", "ranking"],
);
const controlShape = record<ControlEdit>(
  {
    method: oneOf("control"),
    control: oneOf("random-pairs", "largest-coefficients", "magnitude"),
    linears,
    energy,
    energies: dictionary(linearId, energy),
    seed,
  },
  ["energies"],
);

/** What changes nothing is left out, so that equal edits have equal texts: the usual ranking, and a seed of no draw. */
function plainest(edit: EnergyEdit): EnergyEdit {
  if (edit.method === "control") return edit.control === "random-pairs" ? edit : { ...edit, seed: 0 };
  const { ranking, ...rest } = edit;
  return ranking === undefined || ranking === "product" ? rest : edit;
}

/** Own energies belong to edited linears; they come out in the order of these, so that equal edits have equal texts. */
const withOwnEnergies =
  (shape: Check<EnergyEdit>): Check<EnergyEdit> =>
  (value, path, faults) => {
    const spec = shape(value, path, faults);
    if (spec === undefined) return undefined;
    const stray = Object.keys(spec.energies ?? {}).filter((id) => !spec.linears.includes(id));
    for (const id of stray)
      faults.push({
        path: `${path}.energies`,
        message: `an own energy needs an edited linear, and ${path}.linears lacks ${id}`,
      });
    return stray.length === 0 ? inOrder(plainest(spec)) : undefined;
  };

const edit = tagged<EditSpec>("method", {
  none: record<Extract<EditSpec, { method: "none" }>>({ method: oneOf("none") }),
  kfac: withOwnEnergies(kfacShape),
  control: withOwnEnergies(controlShape),
  svd: record<Extract<EditSpec, { method: "svd" }>>({ method: oneOf("svd"), linears, keep: number(0, 1) }),
  "balanced-subnet": balancedSubnetCheck(linears),
});

const evaluation = record<EvaluationSpec>({
  clean: integer(1, 100_000),
  memorized: integer(0, 100_000),
  validation: integer(1, 100_000),
});

const textEvaluation = record<TextEvaluationSpec>({
  planted: integer(1, 2000),
  heldOut: integer(0, 2000),
  quotes: integer(0, 2000),
  freshWindows: integer(1, 10_000),
});

const common = {
  version: oneOf(1),
  title: text(/^[^\u0000-\u001f]*$/u, "one line", 120),
  model,
  spectrum,
  edits: list(edit, 1, maximumEdits),
} as const;

const imageShape = record<ImageRecipe>({ ...common, data: shapes, factors, evaluation });
const textShape = record<TextRecipe>({
  ...common,
  data: corpus,
  factors: textFactors,
  evaluation: textEvaluation,
});

/** Which of the two a recipe is, its data say; what says neither is judged as one for images. */
const shape: Check<Recipe> = (value, path, faults) => {
  const given = isObject(value) && isObject(value["data"]) ? value["data"]["kind"] : undefined;
  return given === "corpus" ? textShape(value, path, faults) : imageShape(value, path, faults);
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Faults between parts that are each well-formed. */
function contradictions(recipe: Recipe): Fault[] {
  const faults: Fault[] = [];
  if (recipe.edits[0]?.method !== "none")
    faults.push({
      path: "edits[0]",
      message: 'expected the unedited model, {"method":"none"}, to be the first',
    });
  if (isTextRecipe(recipe)) faults.push(...ownTextFaults(recipe));
  const analysed = new Set(recipe.factors.linears);
  for (const [position, spec] of recipe.edits.entries()) {
    const missing = factorLinears(spec).find((id) => !analysed.has(id));
    if (missing !== undefined)
      faults.push({
        path: `edits[${String(position)}].linears`,
        message: `${spec.method === "kfac" ? "K-FAC" : "a control"} needs factors of every edited linear, and factors.linears lacks ${missing}`,
      });
  }
  return faults;
}

function ownTextFaults({ factors }: TextRecipe): Fault[] {
  if ((factors.text === "own") === (factors.ownText !== undefined)) return [];
  const message =
    factors.text === "own"
      ? "missing: factors of an own text need its SHA-256"
      : `only factors of an own text have it, and factors.text is "${factors.text}"`;
  return [{ path: "factors.ownText", message }];
}

/** Turns JSON of unknown origin into a recipe, or names all faults. */
export function validateRecipe(value: unknown): Validation<Recipe> {
  const faults: Fault[] = [];
  const recipe = shape(value, "", faults);
  if (recipe !== undefined) faults.push(...contradictions(recipe));
  return recipe !== undefined && faults.length === 0 ? { ok: true, value: recipe } : { ok: false, faults };
}
