import { useCallback, useId, useRef, useState } from "react";
import { numberFault, numberWithin, type NumberLimits } from "./number-fault";
import { useCardBeside } from "./use-card-beside";

interface Draft {
  readonly text: string;
  /** The browser made no number of it. */
  readonly garbled: boolean;
  /** What it is to replace; where that changes meanwhile the draft is void. */
  readonly over: number | undefined;
  /** The field was left with it, so it is judged. */
  readonly left: boolean;
}

/**
 * The input of a number. What is typed is taken over on Enter or when the field is left, or at once where it is `live`;
 * what the field does not take stays in it, is named, and changes nothing. Escape puts the old number back.
 */
export function NumberInput(props: {
  readonly id?: string;
  /** What assistive technology calls it, where no label does. */
  readonly name?: string | undefined;
  /** Undefined where an empty field stands for something. */
  readonly value: number | undefined;
  readonly limits: NumberLimits;
  /** How far the arrow keys go. */
  readonly step: number;
  readonly placeholder?: string;
  readonly live?: boolean;
  readonly onChange: (value: number | undefined) => void;
}): React.JSX.Element {
  const { value, limits } = props;
  const messageId = useId();
  const input = useRef<HTMLInputElement>(null);
  const card = useRef<HTMLSpanElement>(null);
  const [draft, setDraft] = useState<Draft>();
  const current = draft?.over === value ? draft : undefined;
  const fault = current && faultOf(current, limits);
  const named = fault !== undefined && current?.left === true;
  const drop = useCallback(() => setDraft(undefined), []);
  // Above, where it covers no field that comes next.
  useCardBeside(named, input, card, drop, "above");

  const draftIn = ({ value: text, validity }: HTMLInputElement, left: boolean): Draft => ({
    text,
    garbled: validity.badInput,
    over: value,
    left,
  });
  const take = (text: string): number | undefined => {
    const typed = numberWithin(text, limits);
    if (typed !== value) props.onChange(typed);
    return typed;
  };
  const type = (field: HTMLInputElement): void => {
    const typed = draftIn(field, false);
    const taken = props.live === true && faultOf(typed, limits) === undefined;
    // The text stays as it was typed, though the number would be written otherwise.
    setDraft(taken ? { ...typed, over: take(typed.text) } : typed);
  };
  const leave = (field: HTMLInputElement): void => {
    const typed = draftIn(field, true);
    if (current === undefined && !typed.garbled) return;
    if (faultOf(typed, limits) === undefined) {
      take(typed.text);
      drop();
    } else setDraft(typed);
  };
  return (
    <>
      <input
        ref={input}
        id={props.id}
        type="number"
        aria-label={props.name}
        aria-invalid={named}
        aria-describedby={named ? messageId : undefined}
        min={limits.minimum}
        max={limits.maximum}
        step={props.step}
        value={current?.text ?? value ?? ""}
        placeholder={props.placeholder}
        onChange={(event) => type(event.target)}
        onBlur={(event) => leave(event.target)}
        onKeyDown={(event) => {
          if (event.key === "Enter") leave(event.currentTarget);
          if (event.key === "Escape") drop();
        }}
      />
      {named && (
        <span ref={card} id={messageId} role="alert" popover="manual" className="explain-card fault-card">
          {fault} {value === undefined ? "Nothing has changed" : `It is still ${String(value)}`}; Esc puts
          that back.
        </span>
      )}
    </>
  );
}

function faultOf({ text, garbled }: Draft, limits: NumberLimits): string | undefined {
  return numberFault(garbled ? "?" : text, limits);
}
