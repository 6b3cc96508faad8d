import type { TextRecipe } from "../../recipe/schema";
import { BandFields } from "../controls/BandFields";
import { NumberField } from "../controls/NumberField";
import { SeedField } from "../controls/SeedField";
import { SelectField } from "../controls/SelectField";
import { putInUse } from "../state/choose-source";
import { changeTextPart } from "../state/change-recipe";

const textChoices = [
  { value: "fresh", label: "fresh text, nothing planted" },
  { value: "mixture", label: "the training text, plants and all" },
] as const;
const labelChoices = [
  { value: "sampled", label: "drawn from the model (paper)" },
  { value: "gold", label: "the next tokens of the text" },
] as const;

/** Everything of a recipe for text that has no place in the picture. A change runs at once. */
export function TextSettings({ recipe }: { readonly recipe: TextRecipe }): React.JSX.Element {
  return (
    <details className="settings">
      <summary>Settings</summary>
      <FactorSettings recipe={recipe} />
      <BandFields spectrum={recipe.spectrum} onChange={(changes) => changeTextPart("spectrum", changes)} />
      <EvaluationSettings recipe={recipe} />
      <DataSettings recipe={recipe} />
    </details>
  );
}

function FactorSettings({ recipe: { factors } }: { readonly recipe: TextRecipe }): React.JSX.Element {
  // An own text is chosen among the sources, where it is given; here it can be left.
  const choices =
    factors.text === "own" ? [...textChoices, { value: "own", label: "an own text" } as const] : textChoices;
  return (
    <fieldset>
      <legend>Factors</legend>
      <NumberField
        label="Windows averaged over"
        term="factorWindows"
        value={factors.windows}
        minimum={1}
        maximum={100000}
        onChange={(windows) => changeTextPart("factors", { windows })}
      />
      <SelectField
        label="Text"
        term="factorText"
        choices={choices}
        value={factors.text}
        onChange={putInUse}
      />
      <SelectField
        label="Labels of the gradients"
        term="gradientLabels"
        choices={labelChoices}
        value={factors.labels}
        onChange={(labels) => changeTextPart("factors", { labels })}
      />
      <SeedField
        term="factorSeed"
        value={factors.seed}
        onChange={(seed) => changeTextPart("factors", { seed })}
      />
    </fieldset>
  );
}

function EvaluationSettings({
  recipe: { evaluation, data },
}: {
  readonly recipe: TextRecipe;
}): React.JSX.Element {
  return (
    <fieldset>
      <legend>Texts evaluated</legend>
      <NumberField
        label="Planted passages"
        term="evaluatedTexts"
        value={evaluation.planted}
        minimum={1}
        maximum={data.plants}
        onChange={(planted) => changeTextPart("evaluation", { planted })}
      />
      <NumberField
        label="Held-out passages"
        term="evaluatedTexts"
        value={evaluation.heldOut}
        minimum={0}
        maximum={1000}
        onChange={(heldOut) => changeTextPart("evaluation", { heldOut })}
      />
      <NumberField
        label="Quotes"
        term="evaluatedTexts"
        value={evaluation.quotes}
        minimum={0}
        maximum={data.quotes}
        onChange={(quotes) => changeTextPart("evaluation", { quotes })}
      />
      <NumberField
        label="Windows of fresh text"
        term="evaluatedTexts"
        value={evaluation.freshWindows}
        minimum={1}
        maximum={10000}
        onChange={(freshWindows) => changeTextPart("evaluation", { freshWindows })}
      />
    </fieldset>
  );
}

function DataSettings({ recipe: { data } }: { readonly recipe: TextRecipe }): React.JSX.Element {
  return (
    <fieldset>
      <legend>Data</legend>
      <p>A shipped model read exactly this text; another seed tests it on passages it never read.</p>
      <SeedField term="dataSeed" value={data.seed} onChange={(seed) => changeTextPart("data", { seed })} />
    </fieldset>
  );
}
