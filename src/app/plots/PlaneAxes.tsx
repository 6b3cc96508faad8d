import type { ReactNode } from "react";
import type { PlaneAxesView } from "./curvature-plane-axes";

/** Ticks and titles around the plane, as text of the page. Assistive technology reads the plane's own label instead. */
export function PlaneAxes(props: {
  readonly axes: PlaneAxesView;
  readonly children: ReactNode;
}): React.JSX.Element {
  return (
    <div className="plane">
      <div className="plane-axis plane-y" aria-hidden="true">
        <span className="plane-axis-title">{props.axes.yTitle}</span>
        {props.axes.y.map(({ at, label }) => (
          <span key={label} className="plane-tick" style={{ bottom: place(at) }}>
            {label}
          </span>
        ))}
      </div>
      {props.children}
      <div className="plane-axis plane-x" aria-hidden="true">
        {props.axes.x.map(({ at, label }) => (
          <span key={label} className="plane-tick" style={{ left: place(at) }}>
            {label}
          </span>
        ))}
        <span className="plane-axis-title">{props.axes.xTitle}</span>
      </div>
    </div>
  );
}

function place(at: number): string {
  return `${(100 * at).toFixed(2)}%`;
}
