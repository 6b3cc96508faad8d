import { progressText } from "../panels/progress-text";
import { cancelComparison } from "../state/compare-sources";
import { useLab } from "../state/lab";
import { sourceName } from "./source-name";

/** How far the comparison is, and how to stop it. */
export function SourcesStatus(): React.JSX.Element {
  const { status, current, progress, failure, texts } = useLab((lab) => lab.sources);
  const name = current === undefined ? "" : sourceName(current, texts);
  if (status === "running")
    return (
      <>
        <button type="button" onClick={cancelComparison}>
          Cancel
        </button>
        <span className="muted" role="status">
          {name === "" ? "0 texts done" : name}
          {progress === undefined ? "" : `: ${progressText(progress)}`}
        </span>
      </>
    );
  if (status === "failed" && failure !== undefined)
    return (
      <span className="bench-fault" role="alert">
        {failure.message} {failure.remedy}
      </span>
    );
  return (
    <span className="muted" role="status">
      {status === "cancelled" ? "Cancelled; what was collected is kept." : ""}
    </span>
  );
}
