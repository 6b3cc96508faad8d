import { faultText, type Fault } from "../../recipe/check";
import { putAway, useLab } from "../state/lab";
import { runRecipe } from "../state/run-recipe";
import { startTraining } from "../state/run-training";
import { DeviceNotice } from "./DeviceNotice";
import { NoticeBox } from "./NoticeBox";

/** Everything that went wrong, and the way out of it. The lab stays usable beneath. */
export function Notices(): React.JSX.Element {
  const notices = useLab((lab) => lab.view.notices);
  const faults = useLab((lab) => lab.recipe.faults);
  const failure = useLab((lab) => lab.run.failure);
  return (
    <div className="notices" role="region" aria-label="Notices" aria-live="polite">
      <DeviceNotice />
      {faults.length > 0 && (
        <NoticeBox
          kind="danger"
          title="The address of this page is not a recipe."
          remedy="It was left aside. Mend it, or just go on: it is replaced with your next change."
        >
          <ul>
            {wrongFirst(faults)
              .slice(0, 5)
              .map((fault) => (
                <li key={faultText(fault)}>
                  <code>{faultText(fault)}</code>
                </li>
              ))}
            {faults.length > 5 && <li>and {faults.length - 5} more</li>}
          </ul>
        </NoticeBox>
      )}
      {failure !== undefined && (
        <NoticeBox kind="danger" title={failure.message} remedy={failure.remedy}>
          <button type="button" onClick={runRecipe}>
            Run again
          </button>
        </NoticeBox>
      )}
      {notices.map((notice) => (
        <NoticeBox key={notice.id} kind="warning" title={notice.message} remedy={notice.remedy}>
          <div className="button-row">
            {notice.id === "trained" && <TrainAgain />}
            <button type="button" onClick={() => putAway(notice.id)}>
              Put away
            </button>
          </div>
        </NoticeBox>
      ))}
    </div>
  );
}

/** The way out for a link to a model that this browser lacks: its settings are filled in already. */
function TrainAgain(): React.JSX.Element {
  const running = useLab((lab) => lab.training.status === "running");
  return (
    <button type="button" disabled={running} onClick={() => void startTraining(false)}>
      {running ? "Training" : "Train it again"}
    </button>
  );
}

/** A wrong value tells more than a part that is missing, which it may be the cause of. */
function wrongFirst(faults: readonly Fault[]): readonly Fault[] {
  const missing = ({ message }: Fault): boolean => message === "missing";
  return [...faults.filter((fault) => !missing(fault)), ...faults.filter(missing)];
}
