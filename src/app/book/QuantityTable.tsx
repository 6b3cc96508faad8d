import { about, type Card, type ModelKind, type Quantity } from "../../book/card";
import { valueText } from "../../book/format";
import { runNamed } from "../state/book-slice";
import { useLab } from "../state/lab";

const kindNames: Readonly<Record<ModelKind, string>> = {
  images: "Image models",
  texts: "Language model",
};

/** The paper's numbers, where it has any of this, beside ours: one column per model, one table per kind of model. */
export function QuantityTable({ card }: { readonly card: Card }): React.JSX.Element {
  const kinds = [...new Set(card.runs.map(({ kind }) => kind))];
  return (
    <>
      {kinds.map((kind) => (
        <OfKind key={kind} card={card} kind={kind} isOnly={kinds.length === 1} />
      ))}
    </>
  );
}

function OfKind(props: {
  readonly card: Card;
  readonly kind: ModelKind;
  /** Whether the card has models of this kind alone. */
  readonly isOnly: boolean;
}): React.JSX.Element {
  const { card, kind, isOnly } = props;
  const runs = card.runs.filter((run) => run.kind === kind);
  return (
    <div className="quantity-scroll">
      <table className="metrics quantities">
        <caption className={isOnly ? "visually-hidden" : undefined}>
          {isOnly
            ? `Numbers of ${card.title}, ${card.source === undefined ? "ours" : "the paper’s and ours"}`
            : kindNames[kind]}
        </caption>
        <thead>
          <tr>
            <th scope="col">Measured</th>
            {card.source !== undefined && <th scope="col">paper</th>}
            {runs.map(({ run, title }) => (
              <th key={run} scope="col">
                {card.runs.length === 1 ? "here" : `here, ${title}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {about(card.quantities, kind).map((quantity) => (
            <Row key={quantity.label} card={card} runs={runs} quantity={quantity} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: {
  readonly card: Card;
  readonly runs: Card["runs"];
  readonly quantity: Quantity;
}): React.JSX.Element {
  const { card, runs, quantity } = props;
  const book = useLab((lab) => lab.book);
  const { label, paper, where, unit, ours } = quantity;
  return (
    <tr>
      <th scope="row">{label}</th>
      {card.source !== undefined && (
        <td title={where === undefined ? "The paper prints no number." : `In the paper: ${where}`}>
          {paper?.replaceAll(" %", "\u00a0%") ?? <span className="muted">no number</span>}
          {where !== undefined && paper !== undefined && <small>{where}</small>}
        </td>
      )}
      {runs.map(({ run: name }) => {
        const run = runNamed(book, name);
        const value = run === undefined ? undefined : ours(run);
        return (
          <td key={name}>
            {value === undefined ? (
              <span className="muted">not computed</span>
            ) : (
              <span className="metric-value">{valueText(value, unit)}</span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
