import { Explain } from "../controls/Explain";
import { useLab } from "../state/lab";
import { textRecipe } from "../state/selectors";
import { PromptBench } from "./PromptBench";
import { TokenLosses } from "./TokenLosses";

/** Below the three columns: any text written and read by the unedited and the edited model. It goes with the effect. */
export function TextPanel(): React.JSX.Element | null {
  const text = useLab((lab) => textRecipe(lab) !== undefined);
  const hidden = useLab((lab) => lab.view.hide.includes("effect"));
  if (!text || hidden) return null;
  return (
    <section className="panel panel-wide" id="texts" aria-labelledby="texts-title">
      <header className="panel-header">
        <h2 id="texts-title">Try any text</h2>
        <p>What does the edited model write, and what does it still expect?</p>
      </header>
      <div className="side-by-side">
        <PromptBench />
        <TokenLosses />
      </div>
      <p className="panel-source">
        In the paper: prompts under each edit, table 4; <Explain term="recitation">recited passages</Explain>,
        table 3. The chosen edit is the one marked in the table above.
      </p>
    </section>
  );
}
