import { useId, useState } from "react";
import { filesOf } from "../panels/dropped-files";
import { OpeningStatus } from "../panels/OpeningStatus";
import { useOpening } from "../panels/use-opening";
import { adoptText } from "../state/choose-source";
import { useLab } from "../state/lab";
import type { Failure } from "../../engine/api";

/** Takes a text by paste, drop or choice. What was typed stays until it has been taken. */
export function OwnTextField(): React.JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [over, setOver] = useState(false);
  const [fault, setFault] = useState<Failure>();
  const opening = useOpening();
  const ready = useLab((lab) => lab.device.kind === "ready");
  const take = async (file: File): Promise<void> => {
    setFault(undefined);
    const what = `Reading ${file.name}, ${size(file.size)}`;
    await opening.begin(what, async (how) => {
      const failure = await adoptText(file, how);
      setFault(failure);
      if (failure === undefined && how.signal?.aborted !== true) setTyped("");
    });
  };
  const takeTyped = (): void => void take(new File([typed], "The text", { type: "text/plain" }));
  return (
    <details className="edit-linears own-text">
      <summary>A text of your own</summary>
      <div
        className="own-text-drop"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          const isFile = event.dataTransfer.types.includes("Files");
          setOver(false);
          // Dragged words go into the field as everywhere.
          if (!isFile) return;
          event.preventDefault();
          void filesOf(event.dataTransfer).then(([file]) => file && take(file));
        }}
      >
        <label htmlFor={id}>Paste a text, or drop a .txt file (UTF-8) here. It stays in this browser.</label>
        <textarea
          id={id}
          rows={4}
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="button-row">
          <button type="button" disabled={!ready || opening.reading !== undefined} onClick={takeTyped}>
            Collect factors of it
          </button>
          <input
            type="file"
            accept=".txt,text/plain"
            aria-label="Text file"
            disabled={!ready}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = "";
              if (file !== undefined) void take(file);
            }}
          />
        </div>
        <OpeningStatus opening={opening} cancelLabel="Cancel reading" />
        {fault !== undefined && (
          <p className="bench-fault" role="alert">
            {fault.message} {fault.remedy}
          </p>
        )}
      </div>
    </details>
  );
}

function size(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
