import { useMemo } from "react";
import type { EditSpec } from "../../stages/edit/types";
import { Explain } from "../controls/Explain";
import { editLabel } from "../plots/edit-label";
import { useLab } from "../state/lab";
import { comparedPositions } from "./compared-positions";
import { isShownCurrent, shownPassage, shownPosition, textResultAt } from "../state/selectors";
import { MarkedText, MarkLegend } from "./MarkedText";
import { groupNames, passageState, stateStyles } from "./passage-list";
import { diffText, tokenDiff } from "./token-diff";

/** One passage: what a model is given, what the training text says, and what comes under every edit (paper, table 3). */
export function PassageComparison(): React.JSX.Element {
  const record = useLab((lab) => lab.results.passages[shownPassage(lab)]);
  const edits = useLab((lab) => lab.recipe.recipe?.edits);
  const chosen = useLab(shownPosition);
  if (record === undefined) return <p className="muted passage-comparison">Not computed yet.</p>;
  const { group, kind, id, prefix, suffix } = record;
  return (
    <section className="passage-comparison" aria-label="The chosen passage">
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
        {comparedPositions(edits ?? [], chosen).map((position) => (
          <ContinuationRow key={position} edit={edits?.[position]} position={position} />
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
  readonly edit: EditSpec | undefined;
  readonly position: number;
}): React.JSX.Element {
  const record = useLab((lab) => lab.results.passages[shownPassage(lab)]);
  const continuation = useLab((lab) => textResultAt(lab, position)?.continuations[shownPassage(lab)]);
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
    <div data-stale={continuation !== undefined && !current} className={`method-${edit?.method ?? "none"}`}>
      <dt>
        <span>{editLabel(edit ?? { method: "none" })}</span>
        <span className={`passage-state state-${state}`}>
          <span aria-hidden="true">{sign}</span> <span>{name}</span>
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
