import type { ImageRecipe } from "../../recipe/schema";
import { BandFields } from "../controls/BandFields";
import { NumberField } from "../controls/NumberField";
import { SeedField } from "../controls/SeedField";
import { SelectField } from "../controls/SelectField";
import { changeImagePart } from "../state/change-recipe";

const tokenChoices = [
  { value: "readout", label: "class token in the last layer" },
  { value: "all", label: "all tokens" },
] as const;
const bandTokenChoices = [
  { value: "readout", label: "class token" },
  { value: "all", label: "all tokens" },
] as const;
const labelChoices = [
  { value: "sampled", label: "drawn from the model (paper)" },
  { value: "gold", label: "the given labels" },
] as const;

/** Everything of a recipe for images that has no place in the picture. A change runs at once. */
export function ImageSettings({ recipe }: { readonly recipe: ImageRecipe }): React.JSX.Element {
  const { data, factors, spectrum, evaluation } = recipe;
  return (
    <details className="settings">
      <summary>Settings</summary>
      <fieldset>
        <legend>Factors</legend>
        <NumberField
          label="Images averaged over"
          term="factorImages"
          value={factors.images}
          minimum={1}
          maximum={100000}
          onChange={(images) => changeImagePart("factors", { images })}
        />
        <SelectField
          label="Labels of the gradients"
          term="gradientLabels"
          choices={labelChoices}
          value={factors.labels}
          onChange={(labels) => changeImagePart("factors", { labels })}
        />
        <SelectField
          label="Tokens"
          term="factorTokens"
          choices={tokenChoices}
          value={factors.tokens}
          onChange={(tokens) => changeImagePart("factors", { tokens })}
        />
        <SeedField
          term="factorSeed"
          value={factors.seed}
          onChange={(seed) => changeImagePart("factors", { seed })}
        />
      </fieldset>
      <BandFields spectrum={spectrum} onChange={(changes) => changeImagePart("spectrum", changes)}>
        <SelectField
          label="Tokens"
          term="bandTokens"
          choices={bandTokenChoices}
          value={spectrum.bandTokens}
          onChange={(bandTokens) => changeImagePart("spectrum", { bandTokens })}
        />
      </BandFields>
      <fieldset>
        <legend>Images evaluated</legend>
        <NumberField
          label="Clean"
          term="evaluatedImages"
          value={evaluation.clean}
          minimum={1}
          maximum={100000}
          onChange={(clean) => changeImagePart("evaluation", { clean })}
        />
        <NumberField
          label="Memorized"
          term="evaluatedImages"
          value={evaluation.memorized}
          minimum={0}
          maximum={100000}
          onChange={(memorized) => changeImagePart("evaluation", { memorized })}
        />
        <NumberField
          label="Validation"
          term="evaluatedImages"
          value={evaluation.validation}
          minimum={1}
          maximum={100000}
          onChange={(validation) => changeImagePart("evaluation", { validation })}
        />
      </fieldset>
      <fieldset>
        <legend>Data</legend>
        <p>A shipped model saw exactly these images; other values test it on images it never saw.</p>
        <SeedField term="dataSeed" value={data.seed} onChange={(seed) => changeImagePart("data", { seed })} />
        <NumberField
          label="Training images"
          term="trainingImages"
          value={data.trainingImages}
          minimum={1}
          maximum={1000000}
          onChange={(trainingImages) => changeImagePart("data", { trainingImages })}
        />
        <NumberField
          label="Label noise, %"
          term="labelNoise"
          value={Number((data.labelNoise * 100).toFixed(4))}
          minimum={0}
          maximum={90}
          step={1}
          onChange={(share) => changeImagePart("data", { labelNoise: Number((share / 100).toFixed(6)) })}
        />
      </fieldset>
    </details>
  );
}
