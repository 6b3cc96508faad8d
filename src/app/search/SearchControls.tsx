import { useMemo } from "react";
import {
  countLayerSets,
  countSearchEdits,
  mostSearchEdits,
  searchEdits,
  searchLayers,
} from "../../recipe/search";
import { SteadyButton } from "../controls/SteadyButton";
import { progressText } from "../panels/progress-text";
import { count } from "../plots/number-format";
import { useLab } from "../state/lab";
import { forgetSearch, startSearch, stopSearch } from "../state/run-search";
import { modelLinears, textRecipe } from "../state/selectors";
import { rowAt } from "../state/shown-rows";
import { useChosenSearch } from "./use-chosen-search";

/** How many edits there are, and the buttons that start, pause and stop. */
export function SearchControls(): React.JSX.Element {
  const { status, rows } = useLab((lab) => lab.search);
  const ready = useLab((lab) => lab.results.model !== undefined && lab.device.kind === "ready");
  const { total, known, fault } = useSize();
  const running = status === "running";
  const begun = known < total && (known > 0 || status === "paused");
  return (
    <>
      <p className="search-size" role={fault === undefined ? undefined : "alert"}>
        {fault ?? sizeText(total, known)} <SetsText />
      </p>
      <div className="button-row">
        <SteadyButton
          meaning={running ? "pause" : "start"}
          primary={!running}
          disabled={!running && (!ready || fault !== undefined || total === known)}
          onPress={running ? () => stopSearch("pause") : () => void startSearch()}
        >
          {running ? "Pause" : begun ? "Resume the search" : "Start the search"}
        </SteadyButton>
        <SteadyButton
          meaning={running ? "cancel" : "forget"}
          disabled={!running && rows.length === 0}
          onPress={running ? () => stopSearch("cancel") : () => void forgetSearch()}
        >
          {running ? "Cancel" : "Forget what was found"}
        </SteadyButton>
        <StatusText known={known} total={total} />
      </div>
    </>
  );
}

function StatusText({ known, total }: { readonly known: number; readonly total: number }): React.JSX.Element {
  const { status, progress, failure } = useLab((lab) => lab.search);
  const text = (): string => {
    switch (status) {
      case "idle":
        return "";
      case "running":
        return progress === undefined ? "0 edits done" : progressText(progress);
      case "paused":
        return `Paused at ${count(known)} of ${count(total)} edits; a reload keeps what was found.`;
      case "cancelled":
        return "Cancelled; what was found stays.";
      case "finished":
        return "Finished.";
      case "failed":
        return failure === undefined ? "" : `${failure.message} ${failure.remedy}`;
    }
  };
  return (
    <span className="muted search-status" role="status" data-status={status}>
      {text()}
    </span>
  );
}

/** The sets of layers in words, and what is left out of texts. */
function SetsText(): React.JSX.Element | null {
  const search = useChosenSearch();
  const linears = useLab(modelLinears);
  const isText = useLab((lab) => textRecipe(lab) !== undefined);
  const sets = countLayerSets(searchLayers(linears, search.roles).length, search);
  if (linears.length === 0) return null;
  const strengths = `${count(sets)} sets of layers × (${count(search.energies.length)} energies + ${count(search.keeps.length)} shares of σ).`;
  return (
    <span className="muted">
      {strengths}
      {isText && " Texts are judged by the next token alone: strict and nDCG@10, no distances."}
    </span>
  );
}

interface Size {
  readonly total: number;
  /** How many of them have been evaluated. */
  readonly known: number;
  /** Why it cannot be started. */
  readonly fault: string | undefined;
}

function useSize(): Size {
  const search = useChosenSearch();
  const linears = useLab(modelLinears);
  const rows = useLab((lab) => lab.search.rows);
  const nothing = useLab((lab) => {
    const metrics = rowAt(lab, 0)?.metrics;
    return metrics !== undefined && "images" in metrics && metrics.images.memorized === 0;
  });
  return useMemo(() => {
    const total = countSearchEdits(search, linears);
    const fault = faultOf(total, linears.length > 0, nothing);
    if (fault !== undefined) return { total, known: 0, fault };
    const found = new Set(rows.map(({ edit }) => JSON.stringify(edit)));
    const edits = searchEdits(search, linears);
    return { total, known: edits.filter((edit) => found.has(JSON.stringify(edit))).length, fault };
  }, [search, linears, rows, nothing]);
}

function faultOf(total: number, hasModel: boolean, nothing: boolean): string | undefined {
  if (!hasModel) return "The model is not there yet.";
  if (nothing)
    return "No wrongly labelled image is evaluated: there is no memory to rank by. Choose another model.";
  if (total === 0)
    return "Nothing to search: choose a set of layers, matrices that the model has, and a strength.";
  if (total > mostSearchEdits)
    return `${count(total)} edits are more than the ${count(mostSearchEdits)} of one search: choose smaller subsets or fewer strengths.`;
  return undefined;
}

function sizeText(total: number, known: number): string {
  const all = `${count(total)} edits`;
  if (known === 0) return `${all}.`;
  return known === total ? `All ${all} are evaluated.` : `${all}, ${count(known)} of them evaluated.`;
}
