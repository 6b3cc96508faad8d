import type { EditSpec } from "../../stages/edit/types";
import { elapsedText } from "../panels/progress-text";
import { editLabel } from "../plots/edit-label";
import { useLab } from "../state/lab";
import { shownEdit } from "../state/selectors";
import { storedContinuation } from "../state/shown-rows";
import type { Stream } from "../state/texts-slice";

/** What the unedited model and the chosen edit have written, each beside the other. */
export function PromptStreams(): React.JSX.Element {
  const streams = useLab((lab) => lab.texts.bench.streams);
  const edit = useLab(shownEdit);
  const waiting: readonly EditSpec[] = [
    { method: "none" },
    ...(edit === undefined || edit.method === "none" ? [] : [edit]),
  ];
  return (
    <div className="streams">
      {streams.length > 0
        ? streams.map((stream, place) => <Written key={place} stream={stream} />)
        : waiting.map((one, place) => <Waiting key={place} edit={one} />)}
    </div>
  );
}

function Written({ stream }: { readonly stream: Stream }): React.JSX.Element {
  const { edit, tokens, milliseconds } = stream;
  const prompt = useLab((lab) => lab.texts.bench.prompt);
  const took =
    milliseconds === undefined ? "" : `${String(tokens.length)} tokens, ${elapsedText(milliseconds)}`;
  return (
    <StreamText edit={edit} remark={took}>
      <span className="passage-prefix">{prompt}</span>
      {tokens.join("")}
    </StreamText>
  );
}

/** Before anything has been written here: what is stored of the prompt. */
function Waiting({ edit }: { readonly edit: EditSpec }): React.JSX.Element {
  const stored = useLab((lab) => storedContinuation(lab, edit));
  return (
    <StreamText
      edit={edit}
      remark={stored === undefined ? "" : `stored result, ${stored.origin.date}`}
      title={
        stored && `Computed on ${stored.origin.date} on ${stored.origin.device}, and shipped with the page.`
      }
    >
      {stored === undefined ? (
        <span className="muted">Nothing has been written yet.</span>
      ) : (
        <>
          <span className="passage-prefix">{stored.prompt}</span>
          {stored.text} …
        </>
      )}
    </StreamText>
  );
}

function StreamText(props: {
  readonly edit: EditSpec;
  readonly remark: string;
  readonly title?: string | undefined;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  const { edit, remark, title, children } = props;
  return (
    <section className={`stream method-${edit.method}`} aria-label={editLabel(edit)}>
      <h4>
        {editLabel(edit)}
        <small title={title} className={title === undefined ? undefined : "origin-stored"}>
          {remark}
        </small>
      </h4>
      {/* A scrolling region must be reachable by keyboard to be scrolled by it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <p className="passage-text" tabIndex={0}>
        {children}
      </p>
    </section>
  );
}
