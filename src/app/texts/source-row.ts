import type { EditSpec, EditSummary } from "../../stages/edit/types";
import type { LinearSpectrum } from "../../stages/spectrum/types";
import { textSourceOf, type SourceId } from "../../recipe/text-source";
import type { Lab } from "../state/lab";
import { same } from "../state/recipe-slice";
import { planePosition, shownLinear, textRecipe } from "../state/selectors";

/** Numbers of one text's factors, for the weight matrix that is looked at. */
export interface SourceNumbers {
  readonly source: SourceId;
  /** Tokens averaged. */
  readonly tokens: number;
  readonly traceA: number | undefined;
  readonly traceG: number | undefined;
  /** Undefined of the recipe's own text, whose memory is not told apart. */
  readonly bytes: number | undefined;
  readonly spectrum: LinearSpectrum | undefined;
  /** Undefined where no K-FAC edit has been evaluated with these factors. */
  readonly edit:
    | {
        /** Of the matrix looked at; undefined where the edit leaves it as it is. */
        readonly kept: EditSummary | undefined;
        readonly strict: number;
        readonly ndcg: number;
        /** Whether it is the edit that the recipe asks for now. */
        readonly isCurrent: boolean;
      }
    | undefined;
}

/** What of the store these numbers are made of. */
export type SourceParts = Pick<Lab, "recipe" | "results" | "view" | "sources">;

interface Held {
  readonly factors: Lab["results"]["factors"];
  readonly spectra: readonly LinearSpectrum[];
  readonly bytes: number | undefined;
  readonly edit:
    { readonly edit: EditSpec; readonly kept: readonly EditSummary[]; readonly metrics: object } | undefined;
}

/** What is known of a text's factors; undefined while they are not collected. */
export function sourceNumbers(lab: SourceParts, source: SourceId): SourceNumbers | undefined {
  const held = heldOf(lab, source);
  const linear = shownLinear(lab);
  const factors = held?.factors.find((one) => one.linear === linear);
  if (held === undefined || factors === undefined) return undefined;
  const { samples: tokens, traceA, traceG } = factors;
  const spectrum = held.spectra.find((one) => one.linear === linear);
  return { source, tokens, traceA, traceG, bytes: held.bytes, spectrum, edit: editOf(lab, held) };
}

/** The recipe's own text has its numbers from the run. */
function heldOf(lab: SourceParts, source: SourceId): Held | undefined {
  const recipe = textRecipe(lab);
  if (recipe === undefined || textSourceOf(recipe) !== source)
    return lab.sources.results.find((one) => one.source === source);
  const { factors, spectra, edits } = lab.results;
  const result = edits[planePosition(lab) ?? -1];
  return { factors, spectra, bytes: undefined, edit: result };
}

function editOf(lab: SourceParts, { edit: done }: Held): SourceNumbers["edit"] {
  if (done?.edit.method !== "kfac" || !isTextMetrics(done.metrics)) return undefined;
  const { planted, ndcg } = done.metrics;
  const asked = lab.recipe.recipe?.edits[planePosition(lab) ?? -1];
  return {
    kept: done.kept.find((one) => one.linear === shownLinear(lab)),
    strict: planted.strict,
    ndcg,
    isCurrent: same(done.edit, asked),
  };
}

function isTextMetrics(
  metrics: object,
): metrics is { readonly planted: { readonly strict: number }; readonly ndcg: number } {
  return "planted" in metrics && "ndcg" in metrics;
}
