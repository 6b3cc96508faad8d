import { useState } from "react";
import type { Card } from "../../book/card";
import { Segmented } from "../controls/Segmented";
import { runNamed } from "../state/book-slice";
import { cardLink } from "../state/card-link";
import { useLab } from "../state/lab";
import { bookAddress } from "../state/route";
import { cardId } from "./card-id";
import { CardPicture } from "./CardPicture";
import { CardVerdicts } from "./CardVerdicts";
import { Provenance } from "./Provenance";
import { QuantityTable } from "./QuantityTable";
import { VerdictMark } from "./VerdictMark";
import { cardVerdict } from "./card-verdict";

/** One figure or table, or an experiment beyond the paper: claim, numbers of the paper and ours, verdict, picture, and the way into the lab. */
export function CardArticle({ card }: { readonly card: Card }): React.JSX.Element {
  const [place, setPlace] = useState(0);
  const book = useLab((lab) => lab.book);
  const link = useLab((lab) => cardLink(lab, card, place));
  const chosen = card.runs[place]?.run;
  const run = chosen === undefined ? undefined : runNamed(book, chosen);
  return (
    <article
      className="panel card"
      id={cardId(card.name)}
      tabIndex={-1}
      aria-labelledby={`${card.name}-title`}
    >
      <header className="card-header">
        <h3 id={`${card.name}-title`}>
          <a href={bookAddress(card.name)}>{card.title}</a> <span>{card.heading}</span>
        </h3>
        <VerdictMark grade={cardVerdict(book, card, 0).grade} />
      </header>
      <div className="card-part">
        <p className="card-claim">{card.claim}</p>
        <p className="muted">
          {card.source === undefined
            ? "Not in the paper: there are no numbers of it to compare with."
            : `In the paper: ${card.source}.`}
        </p>
        <QuantityTable card={card} />
      </div>
      <div className="card-part">
        <CardVerdicts card={card} />
        {card.runs.length > 1 && (
          <Segmented
            label={`Model of ${card.title}`}
            choices={card.runs.map(({ title }, at) => ({ value: String(at), label: title }))}
            value={String(place)}
            onChange={(value) => setPlace(Number(value))}
          />
        )}
        <CardPicture card={card} run={run} />
        <p className="muted">{card.note}</p>
        <Provenance card={card} name={chosen} />
        <div className="button-row">
          {link === undefined ? (
            <span className="muted">The list of models has not come yet.</span>
          ) : (
            <a className="button primary" href={link}>
              Open {card.title} in the lab
            </a>
          )}
        </div>
      </div>
    </article>
  );
}
