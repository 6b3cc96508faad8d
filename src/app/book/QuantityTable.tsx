import type { Card, Quantity } from "../../book/card";
import { valueText } from "../../book/format";
import { runNamed } from "../state/book-slice";
import { useLab } from "../state/lab";

/** The paper's numbers, where it has any of this, beside ours, one column per model. */
export function QuantityTable({ card }: { readonly card: Card }): React.JSX.Element {
  return (
    <div className="quantity-scroll">
      <table className="metrics quantities">
        <caption className="visually-hidden">
          Numbers of {card.title}, {card.source === undefined ? "ours" : "the paper’s and ours"}
        </caption>
        <thead>
          <tr>
            <th scope="col">Measured</th>
            {card.source !== undefined && <th scope="col">paper</th>}
            {card.runs.map(({ run, title }) => (
              <th key={run} scope="col">
                {card.runs.length === 1 ? "here" : `here, ${title.toLowerCase()}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {card.quantities.map((quantity) => (
            <Row key={quantity.label} card={card} quantity={quantity} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ card, quantity }: { readonly card: Card; readonly quantity: Quantity }): React.JSX.Element {
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
      {card.runs.map(({ run: name }) => {
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
