import { useId, useState, type ReactNode } from "react";

/**
 * Several shares 0..1, typed in percent and divided by commas. What is typed is taken over on Enter or when the field is
 * left; what is no list of shares is named and not taken over.
 */
export function ShareList(props: {
  readonly label: ReactNode;
  /** What assistive technology calls it. */
  readonly name: string;
  readonly value: readonly number[];
  readonly disabled?: boolean;
  readonly onChange: (value: readonly number[]) => void;
}): React.JSX.Element {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const shares = draft === undefined ? props.value : sharesOf(draft);
  const take = (): void => {
    if (shares === undefined || draft === undefined) return;
    setDraft(undefined);
    if (shares.join() !== props.value.join()) props.onChange(shares);
  };
  return (
    <div className="share-list">
      <span>{props.label}</span>
      <span className="unit-field">
        <input
          type="text"
          inputMode="decimal"
          value={draft ?? textOf(props.value)}
          disabled={props.disabled}
          aria-label={`${props.name}, in percent, divided by commas`}
          aria-invalid={shares === undefined}
          aria-describedby={shares === undefined ? id : undefined}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
          }}
        />
        %
      </span>
      {shares === undefined && (
        <small id={id} role="alert">
          Up to 40 numbers from 0 to 100, divided by commas, e.g. 60, 70.5; none leaves the method out.
        </small>
      )}
    </div>
  );
}

function textOf(shares: readonly number[]): string {
  return shares.map((share) => String(Number((100 * share).toFixed(4)))).join(", ");
}

/** The shares that a text lists, each once and ascending; undefined if it lists anything else. */
export function sharesOf(text: string): readonly number[] | undefined {
  if (text.trim() === "") return [];
  const parts = text.split(",").map((part) => part.trim().replace(/ ?%$/, ""));
  if (parts.length > 40 || !parts.every((part) => /^\d+(\.\d+)?$/.test(part) && Number(part) <= 100))
    return undefined;
  const shares = parts.map((part) => Number((Number(part) / 100).toFixed(6)));
  return [...new Set(shares)].sort((a, b) => a - b);
}
