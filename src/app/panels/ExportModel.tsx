import { useState } from "react";
import { saveFile } from "../plots/table-export";
import { useLab } from "../state/lab";
import { editedModel } from "../state/run-recipe";
import { shownEdit } from "../state/selectors";

/** The edited model as a Hugging Face folder, file by file. */
export function ExportModel(): React.JSX.Element {
  const recipe = useLab((lab) => lab.recipe.recipe);
  const edit = useLab(shownEdit);
  const [state, setState] = useState("");
  const save = async (): Promise<void> => {
    if (recipe === undefined || edit === undefined || edit.method === "none") return;
    setState("Writing the model");
    const files = await editedModel(recipe, edit);
    for (const { name, bytes } of files) saveFile(name, new Blob([new Uint8Array(bytes)]));
    const megabytes = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) / 1e6;
    setState(files.length === 0 ? "" : `Saved ${String(files.length)} files, ${megabytes.toFixed(1)} MB`);
  };
  return (
    <>
      <button
        type="button"
        disabled={recipe === undefined || edit === undefined || edit.method === "none"}
        onClick={() => void save()}
      >
        Download edited model
      </button>
      <span className="muted" role="status">
        {state}
      </span>
    </>
  );
}
