import { type ReactNode, type RefObject, useState } from "react";
import type { DataTable, ImageSource } from "./chart";
import { FigureMenu } from "./FigureMenu";
import { FigureTable } from "./FigureTable";
import "./plots.css";

/** Frame of every figure: title, a switch between picture and values, exports. Its height never changes. */
export function Figure(props: {
  readonly title: string;
  /** What the figure shows, behind a word or an "i". */
  readonly explain?: ReactNode;
  /** Which model and run the numbers come from; written into exports. */
  readonly source?: string | undefined;
  readonly table: DataTable;
  readonly image: RefObject<ImageSource | null>;
  readonly height: number;
  /** Under the picture: what belongs to it and cannot be drawn. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}): React.JSX.Element {
  const { title, table, height } = props;
  const [values, setValues] = useState(false);
  return (
    <figure className="figure" aria-label={title}>
      <figcaption className="figure-header">
        <span className="figure-title">
          {title} {props.explain}
        </span>
        <span className="figure-tools">
          <button type="button" aria-pressed={values} onClick={() => setValues(!values)}>
            Values
          </button>
          <FigureMenu title={title} source={props.source ?? ""} table={table} image={props.image} />
        </span>
      </figcaption>
      <div className="figure-body" style={{ height: `${String(height)}px` }}>
        <div className="figure-picture" inert={values}>
          {props.children}
        </div>
        {values && <FigureTable title={title} table={table} />}
      </div>
      {props.below}
    </figure>
  );
}
