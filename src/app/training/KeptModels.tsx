import { useState } from "react";
import type { KeptModel } from "../../engine/api";
import { trainedModelOf, trainedTitle } from "../../recipe/training-settings";
import { ModelCard } from "../panels/ModelCard";
import { count, percent } from "../plots/number-format";
import { saveFile } from "../plots/table-export";
import { useLab } from "../state/lab";
import { keptFolder, openKept, removeKept, wantTraining } from "../state/run-training";
import { missingTrained } from "../state/training-slice";

/** The networks that were trained here and kept, among the models to choose from. */
export function KeptModels(): React.JSX.Element {
  const kept = useLab((lab) => lab.training.kept);
  const model = useLab((lab) => lab.recipe.recipe?.model);
  const training = useLab((lab) => lab.training);
  const missing = missingTrained(training, model);
  return (
    <>
      {kept.map((one) => (
        <Kept key={one.id} kept={one} chosen={model?.kind === "trained" && model.id === one.id} />
      ))}
      {missing !== undefined && (
        <div className="kept-model">
          <ModelCard
            title={trainedTitle(missing)}
            description="Named by the link; this browser does not have it."
            note="Train it again, and it is analysed as soon as it is done."
            chosen
            onChoose={() => undefined}
          />
          <div className="button-row">
            <button type="button" onClick={() => wantTraining(missing)}>
              To its training
            </button>
          </div>
        </div>
      )}
    </>
  );
}

function Kept({
  kept,
  chosen,
}: {
  readonly kept: KeptModel;
  readonly chosen: boolean;
}): React.JSX.Element | null {
  const [state, setState] = useState("");
  const name = trainedModelOf(kept.id);
  if (name === undefined) return null;
  const { images, layers, width, mlpWidth, seed } = name.settings;
  const title = trainedTitle(name);
  const download = async (): Promise<void> => {
    const files = await keptFolder(kept.id);
    for (const file of files) saveFile(file.name, new Blob([new Uint8Array(file.bytes)]));
    setState(files.length === 0 ? "" : `Saved ${String(files.length)} files, ${megabytes(kept.bytes)}`);
  };
  return (
    <div className="kept-model">
      <ModelCard
        title={title}
        description={`${count(images)} images, ${String(layers)} layers, width ${String(width)}, MLP ${String(mlpWidth)}, seed ${String(seed)}. Memorized ${percent(kept.point.memorized)}, validation ${percent(kept.point.validation)}. Kept in this browser.`}
        note=""
        chosen={chosen}
        onChoose={() => openKept(kept.id)}
      />
      <div className="button-row">
        <button type="button" aria-label={`Download ${title}`} onClick={() => void download()}>
          Download
        </button>
        <button type="button" aria-label={`Delete ${title}`} onClick={() => void removeKept(kept.id)}>
          Delete
        </button>
        <span className="muted" role="status">
          {state}
        </span>
      </div>
    </div>
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
