import { useMemo } from "react";
import { isOwnText, textSourceOf, type SourceId } from "../../recipe/text-source";
import { Explain } from "../controls/Explain";
import { count, percent, short } from "../plots/number-format";
import { collectSource, freeSource, putInUse } from "../state/choose-source";
import { useLab } from "../state/lab";
import { textRecipe } from "../state/selectors";
import { sourceName } from "./source-name";
import type { SourceNumbers } from "./source-row";
import { useSourceNumbers } from "./use-source-numbers";

/** One text: whether its factors are in use, and their numbers or the way to them. */
export function SourceRow({ source }: { readonly source: SourceId }): React.JSX.Element {
  const inUse = useLab((lab) => {
    const recipe = textRecipe(lab);
    return recipe !== undefined && textSourceOf(recipe) === source;
  });
  const sources = useMemo(() => [source], [source]);
  const [numbers] = useSourceNumbers(sources);
  const name = useLab((lab) => sourceName(source, lab.sources.texts));
  return (
    <tr data-chosen={inUse} data-stale={numbers?.edit?.isCurrent === false}>
      <th scope="row">
        <label>
          <input type="radio" name="source" checked={inUse} onChange={() => putInUse(source)} />
          <span>{name}</span>
        </label>
        <div className="source-note">
          <Note source={source} numbers={numbers} />
          {numbers !== undefined && !inUse && (
            <button type="button" className="link" onClick={() => freeSource(source)}>
              Discard<span className="visually-hidden"> the factors of {name}</span>
            </button>
          )}
        </div>
      </th>
      {numbers === undefined ? (
        <NotCollected source={source} name={name} inUse={inUse} />
      ) : (
        <Numbers numbers={numbers} />
      )}
    </tr>
  );
}

/** How much text it is, or what keeps it from being used. */
function Note(props: {
  readonly source: SourceId;
  readonly numbers: SourceNumbers | undefined;
}): React.JSX.Element {
  const { source, numbers } = props;
  const text = useLab((lab) => lab.sources.texts.find(({ sha256 }) => sha256 === source));
  const fault = useLab((lab) => lab.sources.faults.find((one) => one.source === source)?.failure);
  if (fault !== undefined) return <small className="bench-fault">{fault.message}</small>;
  if (numbers !== undefined) {
    const memory = numbers.bytes === undefined ? "" : `, ${(numbers.bytes / 1e6).toFixed(1)} MB`;
    return (
      <small>
        <Explain term="sourceTokens">
          {count(numbers.tokens)} tokens{memory}
        </Explain>
      </small>
    );
  }
  if (text !== undefined)
    return (
      <small>
        {count(text.tokens)} tokens, {count(text.windows)} {text.windows === 1 ? "window" : "windows"}
      </small>
    );
  return <small>{isOwnText(source) ? "being read" : notes[source === "fresh" ? "fresh" : "mixture"]}</small>;
}

const notes = { fresh: "nothing planted in it", mixture: "plants and all" } as const;

function NotCollected(props: {
  readonly source: SourceId;
  readonly name: string;
  readonly inUse: boolean;
}): React.JSX.Element {
  const { source, name, inUse } = props;
  const state = useLab(({ sources, view, device }) => {
    if (sources.faults.some((one) => one.source === source)) return "faulty";
    if (sources.current === source) return "collecting";
    if (sources.status === "running" && view.sources.includes(source)) return "waiting";
    return device.kind === "ready" ? "ready" : "not ready";
  });
  const words = { faulty: "–", collecting: "being collected", waiting: "comes next" } as const;
  return (
    <td colSpan={4} className="source-empty">
      {inUse ? (
        <span className="muted">not computed yet</span>
      ) : state === "ready" || state === "not ready" ? (
        <button type="button" disabled={state !== "ready"} onClick={() => collectSource(source)}>
          Collect<span className="visually-hidden"> factors of {name}</span> beside
        </button>
      ) : (
        <span className="muted">{words[state]}</span>
      )}
    </td>
  );
}

function Numbers({ numbers }: { readonly numbers: SourceNumbers }): React.JSX.Element {
  const { traceA, traceG, edit } = numbers;
  return (
    <>
      <td>
        {traceA === undefined ? "…" : short(traceA)}
        <small>{traceG === undefined ? "\u00a0" : short(traceG)}</small>
      </td>
      <td>
        {edit?.kept === undefined ? (
          <span title="This matrix is not edited.">all</span>
        ) : (
          <>
            <span className="metric-value">{percent(edit.kept.kept / edit.kept.total)}</span>
            <small>{count(edit.kept.kept)}</small>
          </>
        )}
      </td>
      <td>
        <span className="metric-value">{edit === undefined ? "…" : percent(edit.strict)}</span>
      </td>
      <td>
        <span className="metric-value">{edit === undefined ? "…" : edit.ndcg.toFixed(3)}</span>
      </td>
    </>
  );
}
