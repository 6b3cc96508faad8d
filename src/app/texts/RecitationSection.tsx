import { useMemo } from "react";
import { Explain } from "../controls/Explain";
import { OriginMark } from "../panels/OriginMark";
import { count } from "../plots/number-format";
import { useLab } from "../state/lab";
import { shownPosition, textResultAt } from "../state/selectors";
import { listedPassages } from "./passage-list";
import { PassageComparison } from "./PassageComparison";
import { PassageFilters } from "./PassageFilters";
import { PassageList } from "./PassageList";

/** All passages with what the chosen edit makes of them, and one of them under every edit side by side. */
export function RecitationSection(): React.JSX.Element {
  const records = useLab((lab) => lab.results.passages);
  const continuations = useLab((lab) => textResultAt(lab, shownPosition(lab))?.continuations);
  const filter = useLab((lab) => lab.texts.filter);
  const listed = useMemo(
    () => listedPassages(records, continuations, filter),
    [records, continuations, filter],
  );
  return (
    <div className="block" id="recitation">
      <div className="block-header">
        <h3>
          <Explain term="recitation">Passage by passage</Explain>
        </h3>
        <OriginMark part="edit" />
      </div>
      <PassageFilters />
      <p className="readout" role="status">
        {records.length === 0
          ? "Not computed yet."
          : `${count(listed.length)} of ${count(records.length)} passages`}
      </p>
      <PassageList listed={listed} />
      <PassageComparison />
    </div>
  );
}
