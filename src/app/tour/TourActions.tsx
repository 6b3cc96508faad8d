import { SteadyButton } from "../controls/SteadyButton";
import { useLab } from "../state/lab";
import type { TourStep } from "./step";

/** What the tour can do at a step. A button that has done its work stays, so that the focus is not lost. */
export function TourActions({ step }: { readonly step: TourStep }): React.JSX.Element {
  // The labels decide what is drawn; the actions are made anew when one is asked for.
  const labels = useLab((lab) =>
    step
      .actions(lab)
      .map(({ label }) => label)
      .join("\n"),
  );
  const act = (label: string): void => {
    step
      .actions(useLab.getState())
      .find((action) => action.label === label)
      ?.run();
  };
  return (
    <div className="button-row tour-actions" role="group" aria-label="Do it">
      {labels === "" ? (
        <span className="muted">Done: look at what is framed.</span>
      ) : (
        labels.split("\n").map((label, at) => (
          <SteadyButton key={at} meaning={label} onPress={() => act(label)}>
            {label}
          </SteadyButton>
        ))
      )}
    </div>
  );
}
