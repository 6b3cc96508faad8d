import type { Verdict } from "../../book/verdict";

const marks: Readonly<Record<Verdict["grade"], { readonly sign: string; readonly word: string }>> = {
  shown: { sign: "●", word: "shown" },
  partly: { sign: "◐", word: "partly shown" },
  not: { sign: "○", word: "not shown" },
  open: { sign: "…", word: "not computed" },
};

/** A verdict in a word, with a sign for those who cannot go by colour. */
export function VerdictMark({ grade }: { readonly grade: Verdict["grade"] }): React.JSX.Element {
  const { sign, word } = marks[grade];
  return (
    <span className={`verdict verdict-${grade}`}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
