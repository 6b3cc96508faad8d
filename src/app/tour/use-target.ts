import { useEffect, useState } from "react";

/** Where the card stands so that it leaves its target free: beside it, or below where that has the whole width. */
export type Side = "left" | "right" | "below";

/** Of the card and the air around it, in CSS pixels. */
const cardRoom = 430;

function sideOf({ left, right }: DOMRect): Side {
  const [before, after] = [left, document.documentElement.clientWidth - right];
  if (Math.max(before, after) < cardRoom) return "below";
  return before > after ? "left" : "right";
}

/** Marks the section that a step speaks of and brings it to the top of the page; says on which side room is. */
export function useTarget(id: string | undefined): Side {
  const [side, setSide] = useState<Side>("right");
  useEffect(() => {
    const target = id === undefined ? null : document.getElementById(id);
    if (target === null) return;
    target.setAttribute("data-tour", "");
    target.scrollIntoView({
      block: "start",
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
    const place = (): void => {
      setSide(sideOf(target.getBoundingClientRect()));
    };
    place();
    // Phones change the height alone, when their bars come and go.
    let { innerWidth: width } = window;
    const onResize = (): void => {
      if (innerWidth === width) return;
      width = innerWidth;
      target.scrollIntoView({ block: "start" });
      place();
    };
    addEventListener("resize", onResize);
    return () => {
      target.removeAttribute("data-tour");
      removeEventListener("resize", onResize);
    };
  }, [id]);
  return side;
}
