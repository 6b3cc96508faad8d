import type { TokenMark } from "./token-diff";

/** A text with every token that differs marked: another one in bold on a ground, added ones underlined, left out ones struck. */
export function MarkedText({ marks }: { readonly marks: readonly TokenMark[] }): React.JSX.Element {
  return (
    <>
      {marks.map((mark, index) => (
        <Token key={index} mark={mark} />
      ))}
    </>
  );
}

function Token({ mark }: { readonly mark: TokenMark }): React.JSX.Element {
  switch (mark.kind) {
    case "same":
      return <>{mark.text}</>;
    case "replaced":
      return (
        <mark className="token-replaced" title={`instead of ${JSON.stringify(mark.instead)}`}>
          {mark.text}
        </mark>
      );
    case "added":
      return (
        <ins className="token-added" title="added">
          {mark.text}
        </ins>
      );
    case "missing":
      return (
        <del className="token-missing" title="left out">
          {mark.text}
        </del>
      );
  }
}

export function MarkLegend(): React.JSX.Element {
  return (
    <p className="muted mark-legend">
      Against the training text, token by token: <mark className="token-replaced">another</mark>,{" "}
      <ins className="token-added">added</ins>, <del className="token-missing">left out</del>.
    </p>
  );
}
