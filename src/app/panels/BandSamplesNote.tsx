import type { Recipe } from "../../recipe/schema";
import { isTextRecipe } from "../../recipe/schema";
import type { TextFactorsSpec } from "../../stages/factors/types";
import type { BandSamples } from "../../stages/spectrum/types";
import { Explain } from "../controls/Explain";
import { count } from "../plots/number-format";

/** With fewer the spread of single samples hides what bands differ by. */
const enough = 20;

/** Whether the text that the factors are of is fair to both groups of passages. */
const fairness: Readonly<Record<TextFactorsSpec["text"], string>> = {
  fresh: "The factors are of text without either",
  mixture:
    "The factors are of text that repeats the planted ones and lacks the held-out ones: no fair comparison",
  own: "The comparison is fair if your text, which the factors are of, holds neither",
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
  const isFew = samples !== undefined && Math.min(samples.memorized, samples.clean) < enough;
  const few = isFew ? ` Fewer than ${String(enough)} in a group: differences may be chance.` : "";
  if (isTextRecipe(recipe))
    return (
      <p className="figure-note">
        Means over {memorized}planted passages that the unedited model recites (memorized) and {clean}held-out
        passages of the same kinds (clean).{few} {fairness[recipe.factors.text]}.{" "}
        <Explain term="bandSamples">Why?</Explain>
      </p>
    );
  return (
    <p className="figure-note">
      Means over {memorized}memorized and {clean}clean images, all among the {count(recipe.factors.images)}{" "}
      that the factors are averaged over.{few} <Explain term="bandSamples">Why?</Explain>
    </p>
  );
}
