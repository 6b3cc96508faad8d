import type { ScanRow } from "../engine/api";
import { decodeDecaySeries, type DecaySeries } from "../engine/decay-series";
import { withoutNull } from "../engine/stored-results";
import type { Recipe } from "../recipe/schema";
import { validateRecipe } from "../recipe/validate";
import type { Linear } from "../stages/model/types";
import type { BandSamples, LinearBands } from "../stages/spectrum/types";

/** Numbers of one run, kept in `public/results/book/`: what the book tells of it, and nothing that draws a lab. */
export interface BookRun {
  readonly version: 1;
  readonly recipe: Recipe;
  readonly computed: { readonly date: string; readonly device: string };
  /** SHA-256 of the model's weights, hexadecimal; a run of other weights is of another model. */
  readonly weights?: string;
  /** The matrices of the model that can be edited, for labels. */
  readonly linears: readonly Linear[];
  /** In the order of `recipe.edits`. */
  readonly edits: readonly ScanRow[];
  /** One matrix at a time; may be empty. */
  readonly scan: readonly ScanRow[];
  readonly bands: readonly LinearBands[];
  /** What the bands are means over; undefined where there are none. */
  readonly bandSamples?: BandSamples;
  /** Trainings at several weight decays, of a file of their own; only where the run's spec asks for them. */
  readonly decay?: DecaySeries;
  /** What was written; empty for image models. */
  readonly texts: readonly WrittenText[];
}

/** A prompt, and how it goes on under every edit of the run. */
export interface WrittenText {
  /** `passage`: the prefix of a planted one. `quote`: of a quote. `prompt`: common text that is not planted. */
  readonly kind: "passage" | "quote" | "prompt";
  readonly prompt: string;
  /** What follows in the training text, or the answer; undefined where there is no one answer. */
  readonly truth: string | undefined;
  /** By position in `recipe.edits`. */
  readonly continuations: readonly string[];
}

export function encodeBookRun(run: BookRun): string {
  return `${JSON.stringify(run)}\n`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** A file written by `encodeBookRun`, or an error that names what is wrong with it. */
export function decodeBookRun(text: string): BookRun {
  const json: unknown = JSON.parse(text);
  if (!isRecord(json) || json.version !== 1) throw new Error("decodeBookRun: expected version 1");
  const recipe = validateRecipe(json.recipe);
  if (!recipe.ok) throw new Error(`decodeBookRun: recipe: ${recipe.faults[0]?.message ?? "invalid"}`);
  const { computed, weights, linears, edits, scan, bands, bandSamples, texts } = json;
  if (!isRecord(computed) || typeof computed.date !== "string" || typeof computed.device !== "string")
    throw new Error("decodeBookRun: missing date or device");
  for (const [name, list] of Object.entries({ linears, edits, scan, bands, texts }))
    if (!Array.isArray(list)) throw new Error(`decodeBookRun: ${name}: expected a list`);
  const rows = (list: unknown): ScanRow[] =>
    (list as ScanRow[]).map((row) => ({ ...row, metrics: withoutNull(row.metrics) }));
  return {
    version: 1,
    recipe: recipe.value,
    computed: { date: computed.date, device: computed.device },
    ...(typeof weights === "string" ? { weights } : {}),
    linears: linears as Linear[],
    edits: rows(edits),
    scan: rows(scan),
    bands: bands as LinearBands[],
    ...bandSamplesOf(bandSamples),
    texts: (texts as WrittenText[]).map((text) => ({ ...text, truth: text.truth ?? undefined })),
  };
}

function bandSamplesOf(value: unknown): Pick<BookRun, "bandSamples"> {
  if (!isRecord(value)) return {};
  const { memorized, clean } = value;
  return typeof memorized === "number" && typeof clean === "number"
    ? { bandSamples: { memorized, clean } }
    : {};
}

/** The run with the trainings at several weight decays, as their file has them; undefined where there is none. */
export function withDecay(run: BookRun, series: string | undefined): BookRun {
  return series === undefined ? run : { ...run, decay: decodeDecaySeries(series) };
}
