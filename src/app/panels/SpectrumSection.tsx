import { useMemo, useState } from "react";
import { Explain } from "../controls/Explain";
import { Segmented } from "../controls/Segmented";
import { useLab } from "../state/lab";
import { sourceOf } from "../state/origins";
import { modelLinears, shownSpectrum } from "../state/selectors";
import { useSourceSpectra } from "../texts/use-source-spectra";
import { LazyPlot, SpectrumPlot } from "./LazyPlot";
import { linearsName } from "./linears-name";
import { OriginMark } from "./OriginMark";

const views = [
  { value: "compared", label: "All sources" },
  { value: "used", label: "Source in use" },
] as const;

/** Spectra of one matrix; where factors of several texts are there, of all of them over one another. */
export function SpectrumSection(): React.JSX.Element {
  const spectrum = useLab(shownSpectrum);
  const linears = useLab(modelLinears);
  const source = useLab((lab) => sourceOf(lab, "spectrum"));
  const collected = useSourceSpectra();
  const [view, setView] = useState<(typeof views)[number]["value"]>("compared");
  const sources = useMemo(() => (view === "compared" ? collected : []), [view, collected]);
  return (
    <div className="block" id="spectra">
      <div className="block-header">
        <h3>
          <Explain term="spectrum">Spectra</Explain>
        </h3>
        <OriginMark part="spectrum" />
      </div>
      {collected.length > 1 && (
        <Segmented label="Spectra of" choices={views} value={view} onChange={setView} />
      )}
      <LazyPlot height={336}>
        {spectrum && (
          <SpectrumPlot
            spectrum={spectrum}
            sources={sources}
            name={linearsName([spectrum.linear], linears)}
            source={source}
          />
        )}
      </LazyPlot>
    </div>
  );
}
