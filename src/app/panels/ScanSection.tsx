import { useMemo } from "react";
import { classificationOf } from "../../stages/evaluation/metrics-of";
import { Explain } from "../controls/Explain";
import { scanLinears } from "../state/change-recipe";
import { useLab } from "../state/lab";
import { cancelScan, runScan } from "../state/run-recipe";
import { imageResultAt, modelLinears, sourceOf } from "../state/selectors";
import { LazyPlot, ScanPlot } from "./LazyPlot";
import { OriginMark } from "./OriginMark";
import { progressText } from "./progress-text";

/** One layer at a time, in the background, while everything else can be used. */
export function ScanSection(): React.JSX.Element {
  const all = useLab((lab) => lab.results.scan);
  const rows = useMemo(
    () =>
      all.flatMap(({ edit, metrics }) => {
        const classified = classificationOf(metrics);
        return classified === undefined ? [] : [{ edit, metrics: classified }];
      }),
    [all],
  );
  const scan = useLab((lab) => lab.run.scan);
  const ready = useLab((lab) => lab.results.model !== undefined && lab.device.kind === "ready");
  const linears = useLab(modelLinears);
  const unedited = useLab((lab) => imageResultAt(lab, 0)?.metrics);
  const running = scan.status === "running";
  const source = useLab((lab) => sourceOf(lab, "scan"));
  return (
    <div className="block" id="scan">
      <div className="block-header">
        <h3>
          <Explain term="scan">Layer scan</Explain>
        </h3>
        <OriginMark part="scan" />
      </div>
      <div className="button-row">
        {running ? (
          <button type="button" onClick={cancelScan}>
            Cancel
          </button>
        ) : (
          <button type="button" disabled={!ready} onClick={() => void runScan(scanLinears())}>
            Scan the layers
          </button>
        )}
        <span className="muted">
          {running && (scan.progress === undefined ? "0 edits done" : progressText(scan.progress))}
          {scan.status === "failed" &&
            scan.failure !== undefined &&
            `${scan.failure.message} ${scan.failure.remedy}`}
          {scan.status === "cancelled" && "Cancelled; what was computed is shown."}
        </span>
      </div>
      <LazyPlot height={rows.length > 0 ? 860 : 160}>
        {rows.length > 0 && <ScanPlot rows={rows} linears={linears} unedited={unedited} source={source} />}
      </LazyPlot>
    </div>
  );
}
