import { useEffect, useState, type ReactNode } from "react";

/** Longer than the second press of a double click takes, shorter than it takes to read a new label and press. */
const restMilliseconds = 300;

/**
 * A button that comes to mean something else while the page works. For a moment after that it takes no press: the
 * second of a double click, or one that was meant for what the button has just been, does nothing.
 */
export function SteadyButton({
  meaning,
  onPress,
  disabled = false,
  primary = false,
  children,
}: {
  readonly meaning: string;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  readonly primary?: boolean;
  readonly children: ReactNode;
}): React.JSX.Element {
  const [settled, setSettled] = useState(meaning);
  const rests = settled !== meaning;
  useEffect(() => {
    if (settled === meaning) return;
    const timer = setTimeout(() => setSettled(meaning), restMilliseconds);
    return () => clearTimeout(timer);
  }, [meaning, settled]);
  const press = (): void => {
    if (!rests) onPress();
  };
  return (
    <button
      type="button"
      className={primary ? "primary" : undefined}
      disabled={disabled}
      aria-disabled={rests || undefined}
      onClick={press}
    >
      {children}
    </button>
  );
}
