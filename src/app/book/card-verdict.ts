import type { Card } from "../../book/card";
import { verdictOf, type Verdict } from "../../book/verdict";
import { runNamed, type BookState } from "../state/book-slice";

/** The verdict of a card on one of its runs. */
export function cardVerdict(book: BookState, card: Card, place: number): Verdict {
  const name = card.runs[place]?.run;
  return verdictOf(card, name === undefined ? undefined : runNamed(book, name));
}
