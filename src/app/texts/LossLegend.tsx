import { UNKNOWN_LOSS } from "./loss-scale";

/** What the ground of a token says. */
export function LossLegend(): React.JSX.Element {
  return (
    <p className="loss-legend">
      <span>certain, 0</span>
      <span className="loss-ramp" aria-hidden="true" />
      <span>{UNKNOWN_LOSS} nats and more, not known</span>
    </p>
  );
}
