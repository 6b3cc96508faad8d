import { useEffect, useRef } from "react";

/** When the tour is left, puts the focus where it stood, so that those who go by keyboard go on from there. */
export function useFocusAfterwards(target: string | undefined): void {
  const last = useRef<string>(undefined);
  useEffect(() => {
    const left = target === undefined ? last.current : undefined;
    last.current = target;
    const section = left === undefined ? null : document.getElementById(left);
    if (section === null) return;
    section.tabIndex = -1;
    section.focus({ preventScroll: true });
  }, [target]);
}
