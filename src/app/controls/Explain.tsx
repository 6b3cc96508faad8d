import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { glossary, type GlossaryEntry, type TermName } from "../glossary";
import { Formula } from "./Formula";

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

  useEffect(() => {
    const [shown, word] = [card.current, button.current];
    if (!open || shown === null || word === null) return;
    shown.showPopover();
    const follow = (): void => place(shown, word.getBoundingClientRect());
    follow();
    // The formula comes later and changes the height; a focused word may still be scrolling into view.
    const resized = new ResizeObserver(follow);
    resized.observe(shown);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") setOpen(false);
    };
    addEventListener("keydown", onKey);
    addEventListener("scroll", follow, { passive: true, capture: true });
    return () => {
      resized.disconnect();
      removeEventListener("keydown", onKey);
      removeEventListener("scroll", follow, { capture: true });
    };
  }, [open]);

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

/** Under the word if there is room, else above, and never beyond the sides of the window. */
function place(card: HTMLElement, word: DOMRect): void {
  const margin = 8;
  const { width, height } = card.getBoundingClientRect();
  const left = Math.min(Math.max(margin, word.left), innerWidth - width - margin);
  const below = word.bottom + margin;
  card.style.left = `${left.toFixed(0)}px`;
  card.style.top = `${(below + height < innerHeight ? below : Math.max(margin, word.top - height - margin)).toFixed(0)}px`;
}
