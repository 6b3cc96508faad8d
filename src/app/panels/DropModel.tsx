import { useId, useState } from "react";
import { notify } from "../state/lab";
import { adoptModel } from "../state/own-model";
import { filesOf } from "./dropped-files";
import { HubModelField } from "./HubModelField";
import { OpeningStatus } from "./OpeningStatus";
import { useOpening } from "./use-opening";

/** Takes a Hugging Face folder by drop, by choice or from the hub. What cannot be one is refused before it is read. */
export function DropModel(): React.JSX.Element {
  const id = useId();
  const [over, setOver] = useState(false);
  const opening = useOpening();
  const take = async (files: readonly File[]): Promise<void> => {
    const fault = faultOf(files);
    if (fault !== undefined) {
      notify({
        id: "adopt",
        message: fault,
        remedy:
          "Drop the folder of a ViT image classifier or an OLMo-2 language model: config.json, model.safetensors, and for text tokenizer.json and tokenizer_config.json.",
      });
      return;
    }
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const what = `Reading ${String(files.length)} files, ${(bytes / 1e6).toFixed(1)} MB`;
    await opening.begin(what, (how) => adoptModel(files, how));
  };
  return (
    <div
      className="drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void filesOf(event.dataTransfer).then(take);
      }}
    >
      <label htmlFor={id}>
        <strong>Your own model</strong>
        <small>
          Drop a folder with config.json and model.safetensors, or choose the files. Nothing is uploaded.
        </small>
      </label>
      <input
        id={id}
        type="file"
        multiple
        accept=".json,.safetensors"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) void take(files);
        }}
      />
      <HubModelField opening={opening} />
      <OpeningStatus opening={opening} cancelLabel="Cancel opening" />
    </div>
  );
}

function faultOf(files: readonly File[]): string | undefined {
  const names = files.map(({ name }) => name);
  const shown = names.length === 0 ? "nothing" : names.slice(0, 4).join(", ");
  if (!names.includes("config.json")) return `A model folder needs config.json; dropped was ${shown}.`;
  if (!names.some((name) => name.endsWith(".safetensors")))
    return `A model folder needs model.safetensors; dropped was ${shown}.`;
  return undefined;
}
