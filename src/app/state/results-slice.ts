import type { EditResult, EngineEvent } from "../../engine/api";
import type { ScanRow, StoredResults } from "../../engine/client";
import { factorLinears } from "../../recipe/factor-linears";
import type { Recipe } from "../../recipe/schema";
import type { DataSummary, ImageRecord, PassageRecord } from "../../stages/data/types";
import type { FactorSummary } from "../../stages/factors/types";
import type { ModelSummary } from "../../stages/model/types";
import type { BandSamples, LinearBands, LinearSpectrum } from "../../stages/spectrum/types";
import { same } from "./recipe-slice";

/** Where a shown number comes from. */
export type Origin =
  { readonly kind: "stored"; readonly date: string; readonly device: string } | { readonly kind: "here" };

export type Part = "data" | "model" | "factors" | "spectrum" | "bands" | "images" | "passages" | "edit";

/** Numbers of an edit, and where they come from. */
export type ShownRow = ScanRow & { readonly origin: Origin };

/** While a run goes over stored results, some edits are older than others. */
export type ShownEdit = EditResult & { readonly origin: Origin };

/** Of `from` steps, the first of the curve, an earlier learning had done. */
export type Learning = Pick<Extract<EngineEvent, { kind: "subnet" }>, "edit" | "training" | "from">;

/** What has been computed, part by part, each with its origin. */
export interface Results {
  readonly origins: Readonly<Partial<Record<Part, Origin>>>;
  readonly data: DataSummary | undefined;
  readonly model: ModelSummary | undefined;
  readonly factorSamples: number;
  readonly factors: readonly FactorSummary[];
  readonly spectra: readonly LinearSpectrum[];
  readonly bands: readonly LinearBands[];
  /** What the bands are means over; undefined while they are not computed. */
  readonly bandSamples: BandSamples | undefined;
  readonly records: readonly ImageRecord[];
  readonly passages: readonly PassageRecord[];
  /** By position in `recipe.edits`; holes are edits not evaluated yet. */
  readonly edits: readonly (ShownEdit | undefined)[];
  /** Every edit evaluated so far on this model and data, also those of older recipes; each edit once. */
  readonly evaluated: readonly ScanRow[];
  /** One linear at a time; rows computed here take the place of stored ones. */
  readonly scan: readonly ShownRow[];
  /** A mask that is being learned, or whose learning was stopped. */
  readonly learning: Learning | undefined;
  readonly gpuBytes: number | undefined;
}

export const noResults: Results = {
  origins: {},
  data: undefined,
  model: undefined,
  factorSamples: 0,
  factors: [],
  spectra: [],
  bands: [],
  bandSamples: undefined,
  records: [],
  passages: [],
  edits: [],
  evaluated: [],
  scan: [],
  learning: undefined,
  gpuBytes: undefined,
};

const noEdits: Pick<Results, "edits" | "evaluated"> = { edits: [], evaluated: [] };

/** The results after one more event: the same for a stored run and one that is under way. */
export function resultsAfter(results: Results, event: EngineEvent, origin: Origin): Results {
  const from = (part: Part): Results["origins"] => ({ ...results.origins, [part]: origin });
  switch (event.kind) {
    case "data":
      return { ...results, data: event.summary, origins: from("data") };
    case "model":
      return { ...results, model: event.summary, origins: from("model") };
    case "factors":
      return { ...results, factors: event.factors, factorSamples: event.samples, origins: from("factors") };
    case "spectrum":
      return { ...results, spectra: event.spectra, origins: from("spectrum") };
    case "bands":
      return { ...results, bands: event.bands, bandSamples: event.samples, origins: from("bands") };
    case "images": {
      // Predictions refer to the records in order: other records make old predictions meaningless.
      const kept = same(event.records, results.records) ? {} : noEdits;
      return { ...results, ...kept, records: event.records, origins: from("images") };
    }
    case "passages": {
      const kept = same(event.records, results.passages) ? {} : noEdits;
      return { ...results, ...kept, passages: event.records, origins: from("passages") };
    }
    case "edit": {
      const length = Math.max(results.edits.length, event.result.position + 1);
      const edits = Array.from({ length }, (_, at) =>
        at === event.result.position ? { ...event.result, origin } : results.edits[at],
      );
      const { edit, metrics } = event.result;
      const evaluated = withRows(results.evaluated, [{ edit, metrics }]);
      const learning = same(results.learning?.edit, edit) ? undefined : results.learning;
      return { ...results, edits, evaluated, learning, origins: from("edit") };
    }
    case "subnet":
      return { ...results, learning: learningOf(event) };
    case "memory":
      return { ...results, gpuBytes: event.gpuBytes };
    default:
      return results;
  }
}

function learningOf({ edit, training, from }: Learning): Learning {
  return { edit, training, ...(from !== undefined && { from }) };
}

/** An edit measured again, or in full after in part, replaces its older row. */
export function withRows<R extends ScanRow>(rows: readonly R[], more: readonly R[]): readonly R[] {
  const others = rows.filter(({ edit }) => !more.some((row) => same(row.edit, edit)));
  return [...others, ...more];
}

/**
 * What stays when the person goes from one recipe to another. An edit keeps its result by what it is; without one, the
 * result of the edit of the same method that stood there stays to be seen, and `isCurrent` tells that it is old.
 */
export function resultsFor(results: Results, from: Recipe, to: Recipe): Results {
  if (!same([from.data, from.model], [to.data, to.model])) return noResults;
  const sameFactors = same(withoutLinears(from), withoutLinears(to));
  const sameEvaluation = same(from.evaluation, to.evaluation);
  const edits = to.edits.map((edit, index) => {
    const exact = from.edits.findIndex((old) => same(old, edit));
    const result = results.edits[exact >= 0 ? exact : index];
    const kept =
      sameEvaluation &&
      (sameFactors || factorLinears(edit).length === 0) &&
      result?.edit.method === edit.method;
    return kept ? { ...result, position: index } : undefined;
  });
  return {
    ...results,
    ...(sameFactors ? {} : { factors: [], factorSamples: 0, spectra: [] }),
    ...(sameFactors && same(from.spectrum, to.spectrum) ? {} : { bands: [], bandSamples: undefined }),
    records: sameEvaluation ? results.records : [],
    passages: sameEvaluation ? results.passages : [],
    evaluated: sameFactors && sameEvaluation ? results.evaluated : [],
    scan: sameFactors && sameEvaluation ? results.scan : [],
    edits,
  };
}

function withoutLinears({ factors }: Recipe): unknown {
  return { ...factors, linears: [] };
}

/** The stored run as results of the wanted recipe; what does not belong to it is left out. */
export function storedResultsFor(stored: StoredResults, recipe: Recipe): Results {
  const origin: Origin = { kind: "stored", ...stored.computed };
  const all = stored.events.reduce((results, event) => resultsAfter(results, event, origin), noResults);
  const scan = stored.scan.map((row) => ({ ...row, origin }));
  return resultsFor({ ...all, scan, gpuBytes: undefined }, stored.recipe, recipe);
}

/** Stored results under what has been computed here already. */
export function overStored(stored: Results, live: Results): Results {
  const here = (part: Part): boolean => live.origins[part]?.kind === "here";
  const records = here("images") ? live.records : stored.records;
  const passages = here("passages") ? live.passages : stored.passages;
  const sameEvaluated = same(records, stored.records) && same(passages, stored.passages);
  const storedEdits = sameEvaluated ? stored.edits : [];
  const length = Math.max(storedEdits.length, live.edits.length);
  return {
    origins: { ...stored.origins, ...live.origins },
    data: here("data") ? live.data : stored.data,
    model: here("model") ? live.model : stored.model,
    factors: here("factors") ? live.factors : stored.factors,
    factorSamples: here("factors") ? live.factorSamples : stored.factorSamples,
    spectra: here("spectrum") ? live.spectra : stored.spectra,
    bands: here("bands") ? live.bands : stored.bands,
    bandSamples: here("bands") ? live.bandSamples : stored.bandSamples,
    records,
    passages,
    edits: Array.from({ length }, (_, at) => live.edits[at] ?? storedEdits[at]),
    evaluated: withRows(sameEvaluated ? stored.evaluated : [], live.evaluated),
    scan: withRows(stored.scan, live.scan),
    learning: live.learning,
    gpuBytes: live.gpuBytes,
  };
}

/** Whether the result at a position is of the edit the recipe now asks for there. */
export function isCurrent(results: Results, recipe: Recipe, position: number): boolean {
  const result = results.edits[position];
  return result !== undefined && same(result.edit, recipe.edits[position]);
}
