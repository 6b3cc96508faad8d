import { useEffect } from "react";
import type { TrainingSettings } from "../../recipe/training-settings";
import { trainedTitle } from "../../recipe/training-settings";
import { Explain } from "../controls/Explain";
import { SteadyButton } from "../controls/SteadyButton";
import { durationText } from "../panels/progress-text";
import { count, percent } from "../plots/number-format";
import { useLab } from "../state/lab";
import { keepTraining, measurePace, startTraining, stopTraining } from "../state/run-training";
import { sameSettings, standingName, wantedSettings } from "../state/training-slice";
import { TrainProgress } from "./TrainProgress";

/** Starts, stops and keeps a training, and tells beforehand how long it will take. */
export function TrainControl({ seen }: { readonly seen: boolean }): React.JSX.Element {
  const training = useLab((lab) => lab.training);
  const settings = useLab((lab) => wantedSettings(lab.view));
  const ready = useLab((lab) => lab.device.kind === "ready");
  const { status, stood, failure, lasting } = training;
  const running = status === "running";
  const name = standingName(training);
  const standsHere = stood !== undefined && sameSettings(stood.settings, settings);
  const done = stood?.curve.length ?? 0;
  const goesOn = standsHere && done > 0 && done < settings.epochs;
  const last = stood?.curve.at(-1);

  useEffect(
    () => (seen && ready && !running ? measurePace(settings) : undefined),
    [seen, ready, running, settings],
  );

  return (
    <div className="train-control">
      <p className="train-pace">
        <Pace settings={settings} />
      </p>
      <div className="button-row">
        <SteadyButton
          meaning={running ? "stop" : "start"}
          primary
          disabled={!running && !ready}
          onPress={running ? stopTraining : () => void startTraining(standsHere && !goesOn)}
        >
          {running ? "Stop training" : startLabel(goesOn, standsHere && done > 0, done)}
        </SteadyButton>
        {goesOn && !running && (
          <button type="button" onClick={() => void startTraining(true)}>
            Start anew
          </button>
        )}
        <button type="button" disabled={running || name === undefined} onClick={() => void keepTraining()}>
          Keep and analyse
        </button>
      </div>
      {running && <TrainProgress />}
      <p className="muted train-status" role="status">
        {running && "Training. What an epoch has reached is kept if you stop or close the page."}
        {!running &&
          name !== undefined &&
          last !== undefined &&
          `${trainedTitle(name)}: memorized ${percent(last.memorized)}, validation ${percent(last.validation)}.`}
        {!running &&
          name !== undefined &&
          !standsHere &&
          " Starting these settings replaces it; keep it first if you want it."}
        {!lasting && " This browser stores nothing: what is kept is lost when the page is closed."}
      </p>
      {failure !== undefined && (
        <p className="train-fault" role="alert">
          {failure.message} {failure.remedy}
        </p>
      )}
    </div>
  );
}

function startLabel(goesOn: boolean, isDone: boolean, epochs: number): string {
  if (goesOn) return `Go on from epoch ${String(epochs)}`;
  return isDone ? "Train anew" : "Start training";
}

function Pace({ settings }: { readonly settings: TrainingSettings }): React.JSX.Element {
  const pace = useLab((lab) => lab.training.pace);
  const backend = useLab((lab) => (lab.device.kind === "ready" ? lab.device.report : undefined));
  if (pace.kind !== "measured" || !sameSettings(pace.settings, settings)) {
    return (
      <>
        {pace.kind === "measuring"
          ? "Measuring how long it will take"
          : "How long it takes here is not measured yet"}
      </>
    );
  }
  const { seconds, imagesPerSecond } = pace.pace;
  const where = backend?.backend === "webgpu" ? "WebGPU" : `WebAssembly, ${threads(backend?.threads ?? 1)}`;
  return (
    <>
      <Explain term="trainingPace">About {durationText(seconds)}</Explain> on this device:{" "}
      {count(Math.round(imagesPerSecond))} images/s measured, {where}
    </>
  );
}

function threads(number: number): string {
  return number === 1 ? "one thread" : `${String(number)} threads`;
}
