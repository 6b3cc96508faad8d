import { memo } from "react";
import { useLab } from "../state/lab";
import { shownPassage } from "../state/selectors";
import { choosePassage } from "../state/run-texts";
import { groupNames, passageStart, stateStyles, type ListedPassage } from "./passage-list";

/** The passages as one group of radio buttons: arrow keys go from one to the next. */
export function PassageList({ listed }: { readonly listed: readonly ListedPassage[] }): React.JSX.Element {
  const chosen = useLab(shownPassage);
  return (
    <fieldset className="passages">
      <legend className="visually-hidden">Passage</legend>
      {listed.map((passage) => (
        <PassageRow key={passage.position} passage={passage} chosen={passage.position === chosen} />
      ))}
      {listed.length === 0 && <p className="muted">No passage is like this.</p>}
    </fieldset>
  );
}

/** There are hundreds of rows, of which a choice changes two. */
const PassageRow = memo(
  function PassageRow({
    passage: { record, position, state },
    chosen,
  }: {
    readonly passage: ListedPassage;
    readonly chosen: boolean;
  }): React.JSX.Element {
    const { sign, name } = stateStyles[state];
    return (
      <label className="passage-row">
        <input type="radio" name="passage" checked={chosen} onChange={() => choosePassage(position)} />
        <span className={`passage-state state-${state}`}>
          <span aria-hidden="true">{sign}</span> {name}
        </span>
        <span className="passage-kind">
          {record.group === "quote" ? "quote" : `${record.kind}, ${groupNames[record.group]}`} {record.id + 1}
        </span>
        <span className="passage-start">{passageStart(record)}</span>
      </label>
    );
  },
  (before, after) =>
    before.chosen === after.chosen &&
    before.passage.record === after.passage.record &&
    before.passage.state === after.passage.state,
);
