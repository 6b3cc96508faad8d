import { useLab } from "../state/lab";
import { sourceOf } from "../state/origins";
import { languageModel } from "../state/selectors";
import { LazyPlot, TextTrainingCurve, TrainingCurve } from "./LazyPlot";

/** How the model came to know by heart while it was trained, from its training record. */
export function TrainingSection(): React.JSX.Element {
  const images = useLab(({ results: { model } }) =>
    model?.architecture === "ViTForImageClassification" ? model.training : undefined,
  );
  const text = useLab((lab) => languageModel(lab)?.training);
  const training = images ?? text;
  const known = useLab((lab) => lab.results.model !== undefined);
  const source = useLab((lab) => sourceOf(lab, "model"));
  return (
    <div className="block" id="training">
      <h3>How it was trained</h3>
      <p className="muted training-text">
        {training?.description ?? (known ? "This model came without a training record." : "…")}
      </p>
      {(training !== undefined || !known) && (
        <LazyPlot height={336}>
          {images && <TrainingCurve training={images} source={source} />}
          {text && <TextTrainingCurve training={text} source={source} />}
        </LazyPlot>
      )}
    </div>
  );
}
