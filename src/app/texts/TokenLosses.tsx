import { useId, useState } from "react";
import { Explain } from "../controls/Explain";
import { Segmented } from "../controls/Segmented";
import { editLabel } from "../plots/edit-label";
import { percent } from "../plots/number-format";
import { useLab } from "../state/lab";
import { lossesOf, lossesOfPassage } from "../state/run-texts";
import { same } from "../state/recipe-slice";
import { shownEdit } from "../state/selectors";
import { tokenAtCharacter, type LossRun } from "../state/texts-slice";
import { LossLegend } from "./LossLegend";
import { meanLoss, probability } from "./loss-scale";
import { LossTable } from "./LossTable";
import { LossText } from "./LossText";

const sources = [
  { value: "passage", label: "The chosen passage" },
  { value: "own", label: "Own text" },
] as const;
type Source = (typeof sources)[number]["value"];

/** Every token of a text with its loss before and after the edit: what was known by heart dissolves. */
export function TokenLosses(): React.JSX.Element {
  const id = useId();
  const [source, setSource] = useState<Source>("passage");
  const [own, setOwn] = useState("");
  const running = useLab((lab) => lab.texts.losses.status === "running");
  const failure = useLab((lab) => lab.texts.losses.failure);
  const ready = useLab((lab) => lab.recipe.recipe !== undefined && lab.device.kind === "ready");
  const outdated = useLab((lab) => {
    const measured = lab.texts.losses.edits.at(-1);
    return measured !== undefined && !same(measured, shownEdit(lab));
  });
  const missing = useLab((lab) => source === "passage" && lab.results.passages.length === 0);
  return (
    <div className="block" id="token-losses">
      <h3>
        <Explain term="tokenLoss">Token by token</Explain>
      </h3>
      <Segmented label="Text" choices={sources} value={source} onChange={setSource} />
      {source === "own" && (
        <div className="prompt">
          <label htmlFor={id}>Text</label>
          <textarea
            id={id}
            rows={4}
            spellCheck={false}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
        </div>
      )}
      <div className="button-row">
        <button
          type="button"
          disabled={!ready || running || missing}
          onClick={() => void (source === "own" ? lossesOf(own) : lossesOfPassage())}
        >
          Measure every token
        </button>
        {failure === undefined ? (
          <span className="muted" role="status">
            {running
              ? "Measuring 1 text."
              : outdated && "Measured under another edit than the one chosen now."}
          </span>
        ) : (
          <span className="bench-fault" role="alert">
            {failure.message} {failure.remedy}
          </span>
        )}
      </div>
      <Losses />
    </div>
  );
}

function Losses(): React.JSX.Element {
  const losses = useLab((lab) => lab.texts.losses);
  const [token, setToken] = useState(0);
  const [values, setValues] = useState(false);
  const { result, edits, prefixLength } = losses;
  if (result === undefined) return <p className="plot-waiting loss-texts">Not measured yet.</p>;
  const start = prefixLength > 0 ? tokenAtCharacter(result.tokens, prefixLength) : 0;
  const shown = Math.min(token, result.tokens.length - 1);
  return (
    <div className="loss-texts" data-stale={losses.status === "running"}>
      <div className="block-header">
        <LossLegend />
        <button type="button" aria-pressed={values} onClick={() => setValues(!values)}>
          Values
        </button>
      </div>
      <p className="readout loss-readout" aria-live="polite">
        {readout(losses, shown)}
      </p>
      {values ? (
        <LossTable losses={losses} />
      ) : (
        edits.map((edit, place) => (
          <div key={place}>
            <h4>
              {editLabel(edit)}
              <small>{meanText(result.losses[place] ?? [], start)}</small>
            </h4>
            <LossText
              name={editLabel(edit)}
              tokens={result.tokens}
              losses={result.losses[place] ?? []}
              start={start}
              chosen={shown}
              onChoose={setToken}
            />
          </div>
        ))
      )}
    </div>
  );
}

/** `" mill": 0.01 (99 %) unedited, 2.30 (10 %) K-FAC, energy 85.0 %`. */
function readout({ result, edits }: LossRun, token: number): string {
  const parts = edits.map((edit, place) => {
    const loss = result?.losses[place]?.[token];
    return loss === undefined
      ? ""
      : `${loss.toFixed(2)} (${percent(probability(loss), 0)}) ${editLabel(edit)}`;
  });
  return `${JSON.stringify(result?.tokens[token] ?? "")}: ${parts.join("; ")}`;
}

function meanText(losses: readonly number[], start: number): string {
  const [before, after] = [meanLoss(losses.slice(0, start)), meanLoss(losses, start)];
  if (after === undefined) return "";
  return before === undefined
    ? `mean ${after.toFixed(2)} nats`
    : `mean ${before.toFixed(2)} nats in the prefix, ${after.toFixed(2)} in the suffix`;
}
