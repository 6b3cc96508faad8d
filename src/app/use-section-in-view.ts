import { useEffect } from "react";
import { setView, useLab } from "./state/lab";

/** Stored results have come by then, in milliseconds. */
const longest = 10_000;

/** What a person does who wants to look elsewhere. */
const moves = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/** Brings the section into view that a link or a preset begins at, once it is there. */
export function useSectionInView(): void {
  const at = useLab((lab) => lab.view.at);
  const known = useLab((lab) => lab.recipe.recipe !== undefined);
  useEffect(() => {
    if (at === undefined || !known) return;
    // After the sections of another kind of model have been drawn.
    const frame = requestAnimationFrame(() => {
      const section = document.getElementById(at);
      if (section !== null) keepInView(section);
      setView({ at: undefined });
    });
    return () => cancelAnimationFrame(frame);
  }, [at, known]);
}

let release = (): void => undefined;

/** Holds a section at the top while what stands above it still grows, until the person moves. */
function keepInView(section: HTMLElement): void {
  release();
  const observer = new ResizeObserver(() => section.scrollIntoView({ block: "start" }));
  const timer = setTimeout(() => release(), longest);
  const stop = (): void => {
    observer.disconnect();
    clearTimeout(timer);
    for (const move of moves) removeEventListener(move, stop);
    release = (): void => undefined;
  };
  release = stop;
  for (const move of moves) addEventListener(move, stop, { passive: true });
  section.scrollIntoView({ block: "start" });
  observer.observe(document.body);
}
