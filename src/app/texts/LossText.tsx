import { memo, type KeyboardEvent } from "react";
import { certainty } from "./loss-scale";

/**
 * The tokens of a text, each on a ground as strong as the model is certain of it. The pointer or the arrow keys choose
 * one, whose numbers stand above; the whole text is one stop of the tabulator.
 */
export function LossText(props: {
  readonly name: string;
  readonly tokens: readonly string[];
  readonly losses: readonly number[];
  /** First token of the part that is to be recited; 0 if there is no such part. */
  readonly start: number;
  readonly chosen: number;
  readonly onChoose: (token: number) => void;
}): React.JSX.Element {
  const { tokens, losses, chosen, onChoose } = props;
  const onKey = (event: KeyboardEvent): void => {
    const steps: Partial<Record<string, number>> = {
      ArrowLeft: chosen - 1,
      ArrowRight: chosen + 1,
      Home: 0,
      End: tokens.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(Math.min(Math.max(0, next), tokens.length - 1));
  };
  return (
    <div
      className="loss-text"
      role="slider"
      tabIndex={0}
      aria-label={`Token, ${props.name}`}
      aria-valuemin={1}
      aria-valuemax={tokens.length}
      aria-valuenow={chosen + 1}
      aria-valuetext={`${JSON.stringify(tokens[chosen] ?? "")}, loss ${(losses[chosen] ?? 0).toFixed(2)}`}
      onKeyDown={onKey}
    >
      {tokens.map((token, index) => (
        <Token
          key={index}
          index={index}
          token={token}
          loss={losses[index] ?? 0}
          first={props.start > 0 && index === props.start}
          chosen={index === chosen}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
}

const Token = memo(function Token(props: {
  readonly index: number;
  readonly token: string;
  readonly loss: number;
  readonly first: boolean;
  readonly chosen: boolean;
  readonly onChoose: (token: number) => void;
}): React.JSX.Element {
  const { index, token, loss, onChoose } = props;
  return (
    <>
      {props.first && <span className="suffix-starts" title="Here the prefix ends and the suffix begins." />}
      <span
        className="loss-token"
        data-chosen={props.chosen}
        style={{ "--certainty": certainty(loss).toFixed(3) }}
        title={`${loss.toFixed(2)} nats`}
        onPointerEnter={() => onChoose(index)}
      >
        {token}
      </span>
    </>
  );
});
