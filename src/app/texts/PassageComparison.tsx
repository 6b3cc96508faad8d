import { useMemo } from "react";
import type { EditSpec } from "../../stages/edit/types";
import { Explain } from "../controls/Explain";
import { editLabel } from "../plots/edit-label";
import { useLab } from "../state/lab";
import { isShownCurrent, textResultAt } from "../state/selectors";
import { MarkedText, MarkLegend } from "./MarkedText";
import { groupNames, passageState, stateStyles } from "./passage-list";
import { diffText, tokenDiff } from "./token-diff";

/** One passage: what a model is given, what the training text says, and what comes under every edit (paper, table 3). */
export function PassageComparison(): React.JSX.Element {
  const record = useLab((lab) => lab.results.passages[lab.texts.passage]);
  const edits = useLab((lab) => lab.recipe.recipe?.edits);
  // As high as the usual passage, so that nothing below moves when there is one, or another.
  const style = { minHeight: `${(22 + 7.6 * (edits?.length ?? 3)).toFixed(1)}rem` };
  if (record === undefined)
    return (
      <p className="muted passage-comparison" style={style}>
        Not computed yet.
      </p>
    );
  const { group, kind, id, prefix, suffix } = record;
  return (
    <section className="passage-comparison" style={style} aria-label="The chosen passage">
      <h4>
        {kind} {id + 1}
        {group !== "quote" && `, ${groupNames[group]}`}
      </h4>
      <dl className="continuations">
        <div>
          <dt>Given, {prefix.length} tokens</dt>
          <dd className="passage-text passage-prefix">{prefix.join("")}</dd>
        </div>
        <div>
          <dt>
            {group === "heldOut" ? "What follows, never trained on" : "Training text"}, {suffix.length} tokens
          </dt>
          <dd className="passage-text">{suffix.join("")}</dd>
        </div>
        {(edits ?? []).map((edit, position) => (
          <ContinuationRow key={`${String(position)} ${edit.method}`} edit={edit} position={position} />
        ))}
      </dl>
      <MarkLegend />
    </section>
  );
}

function ContinuationRow({
  edit,
  position,
}: {
  readonly edit: EditSpec;
  readonly position: number;
}): React.JSX.Element {
  const record = useLab((lab) => lab.results.passages[lab.texts.passage]);
  const continuation = useLab((lab) => textResultAt(lab, position)?.continuations[lab.texts.passage]);
  const current = useLab((lab) => isShownCurrent(lab, position));
  const tokens = continuation?.tokens;
  const marks = useMemo(
    () => (record === undefined || tokens === undefined ? undefined : tokenDiff(record.suffix, tokens)),
    [record, tokens],
  );
  const state = record === undefined ? "open" : passageState(record, continuation);
  const { sign, name } = stateStyles[state];
  const length = record?.suffix.length ?? 0;
  return (
    <div data-stale={continuation !== undefined && !current} className={`method-${edit.method}`}>
      <dt>
        <span>{editLabel(edit)}</span>
        <span className={`passage-state state-${state}`}>
          <span aria-hidden="true">{sign}</span> {name}
        </span>
        <span className="passage-distance">
          {continuation?.distance !== undefined && (
            <Explain term="levenshtein">
              {(continuation.distance / length).toFixed(2)} ({continuation.distance} of {length} tokens)
            </Explain>
          )}
        </span>
      </dt>
      <dd className="passage-text">
        {marks === undefined ? (
          continuation?.strict === false ? (
            "… not recited; what comes instead is not written yet."
          ) : (
            "…"
          )
        ) : (
          <>
            <MarkedText marks={marks} />
            <span className="visually-hidden">{diffText(marks)}</span>
          </>
        )}
      </dd>
    </div>
  );
}
