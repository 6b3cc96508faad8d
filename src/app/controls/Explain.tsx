import { useCallback, useId, useRef, useState, type ReactNode } from "react";
import type { GlossaryEntry } from "../glossary/entry";
import { glossary, type TermName } from "../glossary/glossary";
import { Formula } from "./Formula";
import { useCardBeside } from "./use-card-beside";

/** A word or number with its explanation one hover, focus or tap away. Escape puts it away; the pointer may enter it. */
export function Explain({
  term,
  children,
}: {
  readonly term: TermName;
  readonly children: ReactNode;
}): React.JSX.Element {
  const entry: GlossaryEntry = glossary[term];
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = (): void => {
    clearTimeout(closing.current);
    setOpen(true);
  };
  // Long enough to move the pointer from the word into the card.
  const hide = (): void => {
    clearTimeout(closing.current);
    closing.current = setTimeout(() => setOpen(false), 120);
  };

  const putAway = useCallback(() => setOpen(false), []);
  useCardBeside(open, button, card, putAway);

  return (
    <span className="explain" onPointerEnter={show} onPointerLeave={hide}>
      <button
        ref={button}
        type="button"
        className="explain-word"
        aria-describedby={open ? id : undefined}
        onFocus={show}
        onBlur={hide}
        onClick={show}
      >
        {children}
      </button>
      {open && (
        <span ref={card} id={id} role="tooltip" popover="manual" className="explain-card">
          <strong>{entry.title}</strong>
          <span>{entry.text}</span>
          {entry.formula !== undefined && <Formula tex={entry.formula} />}
          {entry.source !== undefined && <small>In the paper: {entry.source}.</small>}
        </span>
      )}
    </span>
  );
}
