import type { ReactNode } from "react";
import { Explain } from "../controls/Explain";
import type { TermName } from "../glossary/glossary";

/** One row of a list of facts; it is there before its number is. */
export function Fact(props: {
  readonly term: TermName;
  readonly label: string;
  readonly children: ReactNode;
}): React.JSX.Element {
  return (
    <div>
      <dt>
        <Explain term={props.term}>{props.label}</Explain>
      </dt>
      <dd>{props.children ?? "…"}</dd>
    </div>
  );
}
