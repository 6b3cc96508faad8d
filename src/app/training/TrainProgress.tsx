import { Explain } from "../controls/Explain";
import { durationText } from "../panels/progress-text";
import { count, short } from "../plots/number-format";
import { useLab } from "../state/lab";

/** How far the training under way is; it changes several times a second. */
export function TrainProgress(): React.JSX.Element {
  const progress = useLab((lab) => lab.training.progress);
  if (progress === undefined) return <p className="train-progress">Drawing the images, 0 epochs done</p>;
  const { epoch, epochs, step, stepsPerEpoch, loss, imagesPerSecond, stepsPerSecond, remaining } = progress;
  const rates =
    stepsPerSecond > 0
      ? `${short(stepsPerSecond)} batches/s, ${count(Math.round(imagesPerSecond))} images/s`
      : "";
  const share = (epoch - 1 + step / stepsPerEpoch) / epochs;
  return (
    <div className="train-progress">
      <progress max={1} value={share} aria-label="Training done" />
      <p>
        Epoch {epoch} of {epochs}, batch {step} of {stepsPerEpoch}, loss {loss.toFixed(2)}
      </p>
      <p>
        <Explain term="trainingRate">{rates === "" ? "Evaluating" : rates}</Explain>
        {remaining !== undefined && `, ${durationText(remaining)} left`}
      </p>
    </div>
  );
}
