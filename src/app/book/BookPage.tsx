import { useEffect } from "react";
import type { Card } from "../../book/card";
import { beyondCards, cardNamed, cards, paperCards } from "../../book/cards";
import { useLab } from "../state/lab";
import { BookContents } from "./BookContents";
import { BookHeader } from "./BookHeader";
import { CardArticle } from "./CardArticle";
import { cardId } from "./card-id";

/** Every figure and table of the paper with what the lab computes of it. Nothing is computed here. */
export function BookPage(): React.JSX.Element {
  const card = useLab(({ route }) => (route.page === "book" ? route.card : undefined));
  const known = card === undefined ? undefined : cardNamed(card);
  useEffect(() => {
    const target = document.getElementById(known === undefined ? "book" : cardId(known.name));
    if (known === undefined) scrollTo(0, 0);
    else target?.scrollIntoView({ block: "start" });
    target?.focus({ preventScroll: true });
  }, [known]);
  return (
    <>
      <BookHeader />
      <main id="book" className="book" tabIndex={-1}>
        <section className="book-intro" aria-labelledby="book-title">
          <h2 id="book-title">The paper, claim by claim</h2>
          <p>
            Every figure and table of{" "}
            <cite>Shared Memorization Structures in Transformers Revealed by Loss Curvature</cite>: what it
            claims, the numbers it prints, and the same measured here, on far smaller networks. A rule
            compares the numbers and writes the verdict. All of it was computed by this lab&rsquo;s own code
            and can be computed again, here in the lab or with <code>npm run reproduce</code>.
          </p>
          {card !== undefined && known === undefined && (
            <p className="book-fault" role="alert">
              The book has no card “{card.slice(0, 40)}”. It has {cards.map(({ title }) => title).join(", ")}.
            </p>
          )}
          <BookContents />
        </section>
        <Cards cards={paperCards} />
        <section className="book-intro book-beyond" aria-labelledby="beyond-title">
          <h2 id="beyond-title">Beyond the paper</h2>
          <p>
            What the lab computes and the paper does not have. The claims are this lab&rsquo;s own, and the
            same rule judges them.
          </p>
        </section>
        <Cards cards={beyondCards} />
      </main>
    </>
  );
}

function Cards({ cards: shown }: { readonly cards: readonly Card[] }): React.JSX.Element {
  return (
    <div className="cards">
      {shown.map((one) => (
        <CardArticle key={one.name} card={one} />
      ))}
    </div>
  );
}
