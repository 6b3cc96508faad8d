import { Explain } from "../controls/Explain";
import { count } from "../plots/number-format";
import { useLab } from "../state/lab";
import { sourceOf } from "../state/origins";
import { learnedBefore, shownEdit, shownPosition, shownTraining } from "../state/selectors";
import { KeptMasks } from "./KeptMasks";
import { LazyPlot, SubnetTrainingCurve } from "./LazyPlot";
import { OriginMark } from "./OriginMark";
import { elapsedText } from "./progress-text";

/** How the mask of the chosen edit is learned; nothing where the chosen edit has none. */
export function SubnetSection(): React.JSX.Element | null {
  const edit = useLab(shownEdit);
  const training = useLab(shownTraining);
  const source = useLab((lab) => sourceOf(lab, "edit"));
  if (edit?.method !== "balanced-subnet") return null;
  const isRandom = edit.epochs === 0;
  return (
    <div className="block" id="subnet">
      <div className="block-header">
        <h3>
          <Explain term="balancedSubnet">Learning the mask</Explain>
        </h3>
        <OriginMark part="edit" />
      </div>
      <LazyPlot
        height={330}
        missing={isRandom ? "With 0 epochs nothing is learned: the mask is random." : undefined}
      >
        {!isRandom && training !== undefined && training.curve.length > 0 && (
          <SubnetTrainingCurve training={training} source={source} />
        )}
      </LazyPlot>
      <LearnedLine />
      <KeptMasks />
    </div>
  );
}

function LearnedLine(): React.JSX.Element {
  const training = useLab(shownTraining);
  const cost = useLab((lab) => lab.results.edits[shownPosition(lab)]?.cost);
  const before = useLab(learnedBefore);
  const running = useLab((lab) => lab.run.status === "running");
  if (training === undefined) return <p className="readout">Not learned yet.</p>;
  const { curve, steps, forget, retain } = training;
  return (
    <p className="readout">
      <span>
        {count(curve.length)} of {count(steps)} steps
      </span>
      {curve.length < steps && running && before > 0 && <span>goes on from step {count(before)}</span>}
      {curve.length < steps && !running && <span>a run goes on from here</span>}
      <Explain term="forgetSet">{count(forget)} to forget</Explain>
      <Explain term="retainSet">{count(retain)} to retain</Explain>
      {cost !== undefined && curve.length === steps && (
        <Explain term="editSeconds">{elapsedText(1000 * cost.seconds)}</Explain>
      )}
    </p>
  );
}
