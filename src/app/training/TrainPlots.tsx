import { useMemo } from "react";
import { trainedTitle } from "../../recipe/training-settings";
import { Explain } from "../controls/Explain";
import { BandGrowth, LazyPlot, TrainingCurve } from "../panels/LazyPlot";
import { useLab } from "../state/lab";
import { standingName } from "../state/training-slice";

/** What the training that stands has come to, epoch by epoch. */
export function TrainPlots(): React.JSX.Element {
  const stood = useLab((lab) => lab.training.stood);
  const curve = stood?.curve;
  const source = useLab((lab) => {
    const name = standingName(lab.training);
    return `Eigenband; ${name === undefined ? "own training" : trainedTitle(name)}; computed in this browser`;
  });
  const training = useMemo(
    () =>
      curve === undefined || curve.length === 0 ? undefined : { procedure: "plain", description: "", curve },
    [curve],
  );
  return (
    <div className="block train-plots">
      <div className="block">
        <h3>Accuracies by epoch</h3>
        <LazyPlot height={330} missing="Curves appear here with the first epoch.">
          {training && <TrainingCurve training={training} source={source} />}
        </LazyPlot>
      </div>
      <div className="block">
        <h3>
          <Explain term="bandGrowth">How the bands part</Explain>
        </h3>
        <LazyPlot
          height={330}
          missing={
            stood?.settings.labelNoise === 0
              ? "No label is wrong in this training, so there is nothing to memorize."
              : "Bands appear here once enough wrong labels are memorized."
          }
        >
          {stood !== undefined && stood.bands.length > 0 && (
            <BandGrowth points={stood.bands} epochs={stood.settings.epochs} source={source} />
          )}
        </LazyPlot>
      </div>
    </div>
  );
}
