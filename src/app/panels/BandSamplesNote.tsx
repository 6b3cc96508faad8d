import type { Recipe } from "../../recipe/schema";
import { isTextRecipe } from "../../recipe/schema";
import type { TextFactorsSpec } from "../../stages/factors/types";
import type { BandSamples } from "../../stages/spectrum/types";
import { Explain } from "../controls/Explain";
import { count } from "../plots/number-format";

/** Whether the text that the factors are of is fair to both groups of passages. */
const fairness: Readonly<Record<TextFactorsSpec["text"], string>> = {
  fresh: "the factors are averaged over text without either",
  mixture:
    "the factors are averaged over text with the planted ones alone: its flat directions are flat for them above all, so these bands lean to the held-out ones",
  own: "if your text holds passages of one group alone, its flat directions are flat for them above all",
};

/** How many samples of each group the bands are means over, and how they stand to those behind the factors. */
export function BandSamplesNote(props: {
  readonly recipe: Recipe;
  /** Undefined while they are not computed. */
  readonly samples: BandSamples | undefined;
}): React.JSX.Element {
  const { recipe, samples } = props;
  const memorized = samples === undefined ? "" : `${count(samples.memorized)} `;
  const clean = samples === undefined ? "" : `${count(samples.clean)} `;
  if (isTextRecipe(recipe))
    return (
      <p className="figure-note">
        Means over {memorized}planted passages that the unedited model recites (memorized) and {clean}held-out
        passages of the same kinds (clean);{" "}
        <Explain term="bandSamples">{fairness[recipe.factors.text]}</Explain>.
      </p>
    );
  return (
    <p className="figure-note">
      Means over {memorized}memorized and {clean}clean images,{" "}
      <Explain term="bandSamples">
        all of them among the {count(recipe.factors.images)} that the factors are averaged over
      </Explain>
      .
    </p>
  );
}
