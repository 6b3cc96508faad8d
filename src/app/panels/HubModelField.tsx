import { useId, useState } from "react";
import { notify } from "../state/lab";
import { hubModelOf, openHubModel } from "../state/own-model";
import type { OpeningState } from "./use-opening";

/** Opens a model of the hub by its name. Only its files are asked for; nothing is sent. */
export function HubModelField({ opening }: { readonly opening: OpeningState }): React.JSX.Element {
  const id = useId();
  const [text, setText] = useState("");
  const open = (): void => {
    const model = hubModelOf(text);
    if (model === undefined) {
      notify({
        id: "adopt",
        message: `“${text}” is no name of a model on the hub.`,
        remedy: "Write owner/model, owner/model@revision, or paste the address of the model's page.",
      });
      return;
    }
    void opening.begin(`Opening ${model.repository}`, (how) => openHubModel(model, how));
  };
  return (
    <form
      className="hub-model"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <label htmlFor={id}>Model on the Hugging Face hub</label>
      <div>
        <input
          id={id}
          type="text"
          placeholder="owner/model"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" disabled={text.trim() === "" || opening.reading !== undefined}>
          Open
        </button>
      </div>
    </form>
  );
}
