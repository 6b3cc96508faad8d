import type { Card } from "../../book/card";
import type { Outcome } from "../../book/verdict";
import { useLab } from "../state/lab";
import { cardVerdict } from "./card-verdict";

const signs: Readonly<Record<Outcome, string>> = { holds: "✓", fails: "✗", unknown: "…" };

/** The verdict of every model, with the comparisons that led to it. */
export function CardVerdicts({ card }: { readonly card: Card }): React.JSX.Element {
  const book = useLab((lab) => lab.book);
  return (
    <div className="card-verdicts">
      {card.runs.map(({ run, title }, place) => {
        const { text, judged, grade } = cardVerdict(book, card, place);
        return (
          <section key={run} className={`card-verdict verdict-${grade}`}>
            <h4>
              {card.runs.length > 1 && <span>{title}: </span>}
              {text}
            </h4>
            <ul>
              {judged.map((one) => (
                <li key={one.text} className={`claim-${one.outcome}`}>
                  <span aria-hidden="true">{signs[one.outcome]}</span> {one.text}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
