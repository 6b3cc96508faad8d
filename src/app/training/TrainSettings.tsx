import { NumberField } from "../controls/NumberField";
import type { TermName } from "../glossary/glossary";
import { trainingLimits, type TrainingSettings } from "../../recipe/training-settings";
import { setView, useLab } from "../state/lab";
import { changeTraining } from "../state/run-training";
import { wantedBandsEvery, wantedSettings } from "../state/training-slice";

interface Field {
  readonly name: keyof TrainingSettings;
  readonly label: string;
  readonly term: TermName;
}

const fields: readonly Field[] = [
  { name: "labelNoise", label: "Label noise, %", term: "labelNoise" },
  { name: "weightDecay", label: "Weight decay", term: "weightDecay" },
  { name: "layers", label: "Layers", term: "layers" },
  { name: "epochs", label: "Epochs", term: "epochs" },
  { name: "images", label: "Training images", term: "trainingImages" },
  { name: "width", label: "Width", term: "trainedWidth" },
  { name: "mlpWidth", label: "MLP width", term: "mlpWidth" },
  { name: "seed", label: "Seed", term: "trainingSeed" },
];

/** What a person chooses of a training; it stays as it is while one is under way. */
export function TrainSettings(): React.JSX.Element {
  const settings = useLab((lab) => wantedSettings(lab.view));
  const running = useLab((lab) => lab.training.status === "running");
  const bandsEvery = useLab((lab) => wantedBandsEvery(lab.view));
  return (
    <fieldset className="train-settings" disabled={running}>
      <legend className="visually-hidden">Settings of the training</legend>
      {fields.map((field) => (
        <SettingField key={field.name} field={field} settings={settings} />
      ))}
      <NumberField
        label="Bands every … epochs"
        term="bandsEvery"
        value={bandsEvery}
        minimum={1}
        maximum={trainingLimits.epochs.maximum}
        onChange={(bandsEvery) => setView({ bandsEvery })}
      />
    </fieldset>
  );
}

function SettingField(props: {
  readonly field: Field;
  readonly settings: TrainingSettings;
}): React.JSX.Element {
  const { name, label, term } = props.field;
  const { minimum, maximum, step } = trainingLimits[name];
  const scale = name === "labelNoise" ? 100 : 1;
  const rounded = (value: number): number => Number(value.toFixed(4));
  return (
    <NumberField
      label={label}
      term={term}
      value={rounded(props.settings[name] * scale)}
      minimum={minimum * scale}
      maximum={maximum * scale}
      // With a step a field takes any number.
      {...(name === "labelNoise" || name === "weightDecay" ? { step: step * scale } : { multipleOf: step })}
      onChange={(value) => changeTraining({ [name]: rounded(value / scale) })}
    />
  );
}
