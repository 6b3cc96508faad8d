import { useLab } from "../state/lab";
import { sourceOf } from "../state/selectors";
import { LazyPlot, TrainingCurve } from "./LazyPlot";

/** How the four accuracies went while the model was trained, from its training record. */
export function TrainingSection(): React.JSX.Element {
  const training = useLab(({ results: { model } }) =>
    model?.architecture === "ViTForImageClassification" ? model.training : undefined,
  );
  const known = useLab((lab) => lab.results.model !== undefined);
  const source = useLab((lab) => sourceOf(lab, "model"));
  return (
    <div className="block" id="training">
      <h3>How it was trained</h3>
      <p className="muted training-text">
        {training?.description ?? (known ? "This model came without a training record." : "…")}
      </p>
      {(training !== undefined || !known) && (
        <LazyPlot height={330}>{training && <TrainingCurve training={training} source={source} />}</LazyPlot>
      )}
    </div>
  );
}
