import { useEffect, useRef, useState } from "react";

/** Keeps a place of this height free, and fills it when it comes near the screen; then it stays filled. */
export function WhenSeen(props: {
  readonly height: number;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null || seen) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: "300px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen]);
  return (
    <div ref={place} style={{ minHeight: `${String(props.height)}px` }}>
      {seen && props.children}
    </div>
  );
}
