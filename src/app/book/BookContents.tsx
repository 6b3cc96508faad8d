import { beyondCards, paperCards } from "../../book/cards";
import { useLab } from "../state/lab";
import { bookAddress } from "../state/route";
import { VerdictMark } from "./VerdictMark";
import { cardVerdict } from "./card-verdict";
import type { Card } from "../../book/card";

/** All cards at a glance, each with the verdict of its first model. */
export function BookContents(): React.JSX.Element {
  return (
    <nav aria-label="Contents">
      <Entries cards={paperCards} />
      <p className="book-contents-title">Beyond the paper</p>
      <Entries cards={beyondCards} />
    </nav>
  );
}

function Entries({ cards }: { readonly cards: readonly Card[] }): React.JSX.Element {
  return (
    <ol className="book-contents">
      {cards.map((card) => (
        <Entry key={card.name} card={card} />
      ))}
    </ol>
  );
}

function Entry({ card }: { readonly card: Card }): React.JSX.Element {
  const book = useLab((lab) => lab.book);
  const verdict = cardVerdict(book, card, 0);
  return (
    <li>
      <a href={bookAddress(card.name)}>
        <strong>{card.title}</strong> <span>{card.heading}</span>
      </a>
      <VerdictMark grade={verdict.grade} />
    </li>
  );
}
