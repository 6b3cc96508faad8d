import type { ReactNode } from "react";
import type { PanelName } from "../../recipe/link";
import { useLab } from "../state/lab";

/** One of the three columns: a heading, what it answers, and where its formulas stand in the paper. */
export function Panel(props: {
  readonly name: PanelName;
  readonly title: string;
  readonly question: string;
  readonly source: ReactNode;
  readonly children: ReactNode;
}): React.JSX.Element | null {
  const hidden = useLab((lab) => lab.view.hide.includes(props.name));
  if (hidden) return null;
  return (
    <section className={`panel panel-${props.name}`} id={props.name} aria-labelledby={`${props.name}-title`}>
      <header className="panel-header">
        <h2 id={`${props.name}-title`}>{props.title}</h2>
        <p>{props.question}</p>
      </header>
      {props.children}
      <p className="panel-source">{props.source}</p>
    </section>
  );
}
