import { about, type Card } from "../../book/card";
import { verdictOf, type Verdict } from "../../book/verdict";
import { runNamed, type BookState } from "../state/book-slice";

/** The verdict of a card on one of its runs. */
export function cardVerdict(book: BookState, card: Card, place: number): Verdict {
  const told = card.runs[place];
  const checks = about(card.checks, told?.kind);
  return verdictOf({ checks }, told && runNamed(book, told.run));
}
