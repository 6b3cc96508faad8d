import { Explain } from "../controls/Explain";
import { useLab } from "../state/lab";
import { modelLinears, shownSpectrum, sourceOf } from "../state/selectors";
import { LazyPlot, SpectrumPlot } from "./LazyPlot";
import { linearsName } from "./linears-name";
import { OriginMark } from "./OriginMark";

export function SpectrumSection(): React.JSX.Element {
  const spectrum = useLab(shownSpectrum);
  const linears = useLab(modelLinears);
  const source = useLab((lab) => sourceOf(lab, "spectrum"));
  return (
    <div className="block" id="spectra">
      <div className="block-header">
        <h3>
          <Explain term="spectrum">Spectra</Explain>
        </h3>
        <OriginMark part="spectrum" />
      </div>
      <LazyPlot height={360}>
        {spectrum && (
          <SpectrumPlot spectrum={spectrum} name={linearsName([spectrum.linear], linears)} source={source} />
        )}
      </LazyPlot>
    </div>
  );
}
