import { useId, useMemo } from "react";
import { useLab } from "../state/lab";
import { setTexts, stopWriting, writeOn } from "../state/run-texts";
import { shownPassage } from "../state/selectors";
import { BenchSettings } from "./BenchSettings";
import { examplePrompts } from "./example-prompts";
import { PromptStreams } from "./PromptStreams";

/** Any prompt, continued by the unedited model and under the chosen edit (paper, table 4). */
export function PromptBench(): React.JSX.Element {
  const id = useId();
  const prompt = useLab((lab) => lab.texts.prompt);
  const running = useLab((lab) => lab.texts.bench.status === "running");
  const ready = useLab((lab) => lab.recipe.recipe !== undefined && lab.device.kind === "ready");
  return (
    <div className="block" id="bench">
      <h3>Prompt bench</h3>
      <Examples />
      <div className="prompt">
        <label htmlFor={id}>Prompt</label>
        <textarea
          id={id}
          rows={4}
          spellCheck={false}
          value={prompt}
          onChange={(event) => setTexts({ prompt: event.target.value })}
        />
      </div>
      <BenchSettings />
      <div className="button-row">
        <button type="button" className="primary" disabled={!ready || running} onClick={() => void writeOn()}>
          Continue it
        </button>
        <button type="button" disabled={!running} onClick={stopWriting}>
          Stop
        </button>
        <BenchStatus />
      </div>
      <PromptStreams />
    </div>
  );
}

function Examples(): React.JSX.Element {
  const passages = useLab((lab) => lab.results.passages);
  const chosen = useLab(shownPassage);
  const examples = useMemo(() => examplePrompts(passages, chosen), [passages, chosen]);
  return (
    <div className="examples" role="group" aria-label="Examples of prompts">
      <span className="muted">Examples:</span>
      {examples.map(({ name, prompt }) => (
        <button key={name} type="button" className="chip" title={prompt} onClick={() => setTexts({ prompt })}>
          {name}
        </button>
      ))}
    </div>
  );
}

function BenchStatus(): React.JSX.Element {
  const { status, failure, streams } = useLab((lab) => lab.texts.bench);
  const { maxTokens } = useLab((lab) => lab.texts.settings);
  const written = streams.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const texts = {
    idle: "",
    running: `${String(written)} of at most ${String(maxTokens * streams.length)} tokens`,
    finished: "Done.",
    cancelled: "Stopped; what was written stays.",
    failed: failure === undefined ? "" : `${failure.message} ${failure.remedy}`,
  } as const;
  return (
    <span
      className={status === "failed" ? "bench-fault" : "muted"}
      role={status === "failed" ? "alert" : "status"}
    >
      {texts[status]}
    </span>
  );
}
