import { useEffect } from "react";
import { setView, useLab } from "./state/lab";

/** Brings the section into view that a link or a preset begins at, once it is there. */
export function useSectionInView(): void {
  const at = useLab((lab) => lab.view.at);
  const known = useLab((lab) => lab.recipe.recipe !== undefined);
  useEffect(() => {
    if (at === undefined || !known) return;
    // After the sections of another kind of model have been drawn.
    const frame = requestAnimationFrame(() => {
      document.getElementById(at)?.scrollIntoView({ block: "start" });
      setView({ at: undefined });
    });
    return () => cancelAnimationFrame(frame);
  }, [at, known]);
}
