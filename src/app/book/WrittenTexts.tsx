import type { BookRun, WrittenText } from "../../book/run";
import { editLabel } from "../plots/edit-label";

/** Prompts and how they go on, under every edit, as the paper's tables 3 and 4 have them. */
export function WrittenTexts(props: {
  readonly run: BookRun;
  readonly kind: "passages" | "prompts";
  readonly title: string;
}): React.JSX.Element {
  const { run, kind, title } = props;
  const shown = run.texts.filter((text) => (text.kind === "prompt") === (kind === "prompts"));
  return (
    // A scrolling region must be reachable by keyboard to be scrolled by it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="written" role="region" aria-label={`Texts of ${title}`} tabIndex={0}>
      {shown.map((text, at) => (
        <OneText key={at} text={text} run={run} />
      ))}
    </div>
  );
}

function OneText({ text, run }: { readonly text: WrittenText; readonly run: BookRun }): React.JSX.Element {
  const planted = text.kind !== "prompt";
  return (
    <dl className="written-text">
      <div>
        <dt>{planted ? "…" : "prompt"}</dt>
        <dd className="passage-prefix">{text.prompt}</dd>
      </div>
      {run.recipe.edits.map((edit, position) => {
        const written = text.continuations[position] ?? "";
        const same = planted && text.truth === written;
        return (
          <div key={position} className={`method-${edit.method}`}>
            <dt>{editLabel(edit)}</dt>
            <dd>
              {written.trim() === "" ? "(nothing)" : written}
              {same && <small> recited</small>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
