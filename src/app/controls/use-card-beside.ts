import { useEffect, type RefObject } from "react";

/**
 * Shows a card of the top layer beside an element and keeps it there while the page scrolls, until it is closed. `onEscape`
 * has to stay the same from one drawing to the next.
 */
export function useCardBeside(
  open: boolean,
  anchor: RefObject<HTMLElement | null>,
  card: RefObject<HTMLElement | null>,
  onEscape: () => void,
  side: "above" | "below" = "below",
): void {
  useEffect(() => {
    const [shown, beside] = [card.current, anchor.current];
    if (!open || shown === null || beside === null) return;
    shown.showPopover();
    const follow = (): void => place(shown, beside.getBoundingClientRect(), side);
    follow();
    // The content may come later and change the height; a focused element may still be scrolling into view.
    const resized = new ResizeObserver(follow);
    resized.observe(shown);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") onEscape();
    };
    addEventListener("keydown", onKey);
    addEventListener("scroll", follow, { passive: true, capture: true });
    return () => {
      resized.disconnect();
      removeEventListener("keydown", onKey);
      removeEventListener("scroll", follow, { capture: true });
    };
  }, [open, anchor, card, onEscape, side]);
}

/** On its side of the element if there is room, else on the other, never beyond the window; out of sight with it. */
function place(card: HTMLElement, beside: DOMRect, side: "above" | "below"): void {
  const margin = 8;
  const { width, height } = card.getBoundingClientRect();
  const left = Math.min(Math.max(margin, beside.left), innerWidth - width - margin);
  const below = beside.bottom + margin;
  const above = beside.top - height - margin;
  const fitsBelow = below + height < innerHeight;
  const upward = above > margin && (side === "above" || !fitsBelow);
  const top = upward ? above : Math.max(margin, Math.min(below, innerHeight - height - margin));
  card.style.visibility = beside.bottom < 0 || beside.top > innerHeight ? "hidden" : "visible";
  card.style.left = `${left.toFixed(0)}px`;
  card.style.top = `${top.toFixed(0)}px`;
}
