import type { TermName } from "../glossary/glossary";
import { Explain } from "./Explain";

/** The label of a field, with what it means one hover away; the field then needs the label as its own name. */
export function FieldLabel(props: {
  readonly htmlFor: string;
  readonly label: string;
  readonly term: TermName | undefined;
}): React.JSX.Element {
  if (props.term === undefined) return <label htmlFor={props.htmlFor}>{props.label}</label>;
  return (
    <span className="field-label">
      <Explain term={props.term}>{props.label}</Explain>
    </span>
  );
}
