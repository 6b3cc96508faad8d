import { Explain } from "../controls/Explain";
import { ExportModel } from "./ExportModel";
import { Gallery } from "./Gallery";
import { MetricsTable } from "./MetricsTable";
import { OriginMark } from "./OriginMark";
import { Panel } from "./Panel";
import { ScanSection } from "./ScanSection";
import { TableExport } from "./TableExport";

/** Third column: what the edits do, in numbers and picture by picture. */
export function EffectPanel(): React.JSX.Element {
  return (
    <Panel
      name="effect"
      title="Effect"
      question="What is forgotten, and what comes back?"
      source={
        <>
          In the paper: <Explain term="memorized">metrics</Explain>, section 2.2;{" "}
          <Explain term="groundTruth">recovered labels</Explain> and figure 4, section 4.2.2. There: memorized
          from over 80 % to 3.5 %, validation from 67 % to 71.7 %.
        </>
      }
    >
      <div className="block" id="metrics">
        <div className="block-header">
          <h3>Accuracy by group</h3>
          <OriginMark part="edit" />
        </div>
        <MetricsTable />
        <div className="button-row">
          <TableExport />
          <ExportModel />
        </div>
      </div>
      <Gallery />
      <ScanSection />
    </Panel>
  );
}
