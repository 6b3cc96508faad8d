import { useId, useMemo } from "react";
import { editLabel } from "../plots/edit-label";
import { elapsedText } from "../panels/progress-text";
import { useLab } from "../state/lab";
import { setTexts, stopWriting, writeOn } from "../state/run-texts";
import { shownEdit, shownPassage } from "../state/selectors";
import type { Stream } from "../state/texts-slice";
import { BenchSettings } from "./BenchSettings";
import { examplePrompts } from "./example-prompts";

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
      <Streams />
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

function Streams(): React.JSX.Element {
  const { streams, prompt } = useLab((lab) => lab.texts.bench);
  const edit = useLab(shownEdit);
  const shown: readonly Stream[] =
    streams.length > 0
      ? streams
      : [{ method: "none" } as const, ...(edit === undefined || edit.method === "none" ? [] : [edit])].map(
          (one) => ({ edit: one, tokens: [], milliseconds: undefined }),
        );
  return (
    <div className="streams">
      {shown.map((stream, place) => (
        <section
          key={place}
          className={`stream method-${stream.edit.method}`}
          aria-label={editLabel(stream.edit)}
        >
          <h4>
            {editLabel(stream.edit)}
            <small>
              {stream.milliseconds === undefined
                ? ""
                : `${String(stream.tokens.length)} tokens, ${elapsedText(stream.milliseconds)}`}
            </small>
          </h4>
          {/* A scrolling region must be reachable by keyboard to be scrolled by it. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <p className="passage-text" tabIndex={0}>
            <span className="passage-prefix">{prompt}</span>
            {stream.tokens.join("")}
            {streams.length === 0 && <span className="muted">Nothing has been written yet.</span>}
          </p>
        </section>
      ))}
    </div>
  );
}
