import { useMemo } from "react";
import { Explain } from "../controls/Explain";
import { SteadyButton } from "../controls/SteadyButton";
import { scanLinears } from "../state/change-recipe";
import { useLab } from "../state/lab";
import { cancelScan, runScan } from "../state/run-recipe";
import { sourceOf } from "../state/origins";
import { isImageRow, isTextRow, modelLinears, textRecipe } from "../state/selectors";
import { imageMetricsAt, textMetricsAt } from "../state/shown-rows";
import { LazyPlot, ScanPlot, TextScanPlot } from "./LazyPlot";
import { OriginMark } from "./OriginMark";
import { progressText } from "./progress-text";

/** One layer at a time, in the background, while everything else can be used. */
export function ScanSection(): React.JSX.Element {
  const any = useLab((lab) => lab.results.scan.length > 0);
  const scan = useLab((lab) => lab.run.scan);
  const ready = useLab((lab) => lab.results.model !== undefined && lab.device.kind === "ready");
  const text = useLab((lab) => textRecipe(lab) !== undefined);
  const running = scan.status === "running";
  return (
    <div className="block" id="scan">
      <div className="block-header">
        <h3>
          <Explain term="scan">Layer scan</Explain>
        </h3>
        <OriginMark part="scan" />
      </div>
      <div className="button-row">
        <SteadyButton
          meaning={running ? "cancel" : "scan"}
          disabled={!running && !ready}
          onPress={running ? cancelScan : () => void runScan(scanLinears())}
        >
          {running ? "Cancel" : "Scan the layers"}
        </SteadyButton>
        <span className="muted">
          {running && (scan.progress === undefined ? "0 edits done" : progressText(scan.progress))}
          {scan.status === "failed" &&
            scan.failure !== undefined &&
            `${scan.failure.message} ${scan.failure.remedy}`}
          {scan.status === "cancelled" && "Cancelled; what was computed is shown."}
        </span>
      </div>
      <LazyPlot height={!any ? 160 : text ? 420 : 836}>
        {any && (text ? <TextScan /> : <ImageScan />)}
      </LazyPlot>
    </div>
  );
}

function ImageScan(): React.JSX.Element {
  const scan = useLab((lab) => lab.results.scan);
  const linears = useLab(modelLinears);
  const unedited = useLab((lab) => imageMetricsAt(lab, 0));
  const source = useLab((lab) => sourceOf(lab, "scan"));
  const rows = useMemo(() => scan.filter(isImageRow), [scan]);
  return <ScanPlot rows={rows} linears={linears} unedited={unedited} source={source} />;
}

function TextScan(): React.JSX.Element {
  const scan = useLab((lab) => lab.results.scan);
  const linears = useLab(modelLinears);
  const unedited = useLab((lab) => textMetricsAt(lab, 0));
  const source = useLab((lab) => sourceOf(lab, "scan"));
  const rows = useMemo(() => scan.filter(isTextRow), [scan]);
  return <TextScanPlot rows={rows} linears={linears} unedited={unedited} source={source} />;
}
