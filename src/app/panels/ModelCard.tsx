/** One model to choose. */
export function ModelCard(props: {
  readonly title: string;
  readonly description: string;
  readonly note: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}): React.JSX.Element {
  return (
    <label>
      <input type="radio" name="model" checked={props.chosen} onChange={props.onChoose} />
      <span>
        <strong>{props.title}</strong>
        <small>{props.description}</small>
        {props.note !== "" && <em>{props.note}</em>}
      </span>
    </label>
  );
}
