import { Explain } from "../controls/Explain";
import { Segmented } from "../controls/Segmented";
import { setView, useLab } from "../state/lab";
import { sourceOf } from "../state/origins";
import { imageRecipe, modelLinears, shownLinear, textRecipe } from "../state/selectors";
import { BandSamplesNote } from "./BandSamplesNote";
import { BandHeatmap, BandPlot, LazyPlot } from "./LazyPlot";
import { linearsName } from "./linears-name";
import { OriginMark } from "./OriginMark";

const views = [
  { value: "one", label: "This matrix" },
  { value: "all", label: "All layers" },
] as const;

const withoutMemorized = "Bands compare memorized with clean pictures, and none was memorized here.";
const noneAveraged =
  "No memorized picture, or no clean one, is among those that the factors are averaged over. Average over more (Settings, Factors), if the model has memorized any.";
const noneRecited =
  "Bands compare planted passages that the unedited model recites with held-out ones, and there are none of one of the two.";
const withoutPassages = "Bands compare planted with held-out passages, and one of the two is not evaluated.";

/** What the two pictures take with their heads and switches, in CSS pixels. */
const oneHeight = 540;
const heatmapHeight = (rows: number): number => 180 + 30 * rows;

/** Whom the bands of the spectrum serve: memorized against clean images or passages, K-FAC against SVD. */
export function BandSection(): React.JSX.Element {
  const shown = useLab(shownLinear);
  const all = useLab((lab) => lab.results.bands);
  const linears = useLab(modelLinears);
  const view = useLab((lab) => lab.view.bands);
  const one = all.find(({ linear }) => linear === shown);
  const name = shown === undefined ? "" : linearsName([shown], linears);
  const source = useLab((lab) => sourceOf(lab, "bands"));
  const missing = useLab((lab) => {
    const samples = lab.results.bandSamples;
    const isEmpty = samples !== undefined && Math.min(samples.memorized, samples.clean) === 0;
    const text = textRecipe(lab);
    if (text?.evaluation.heldOut === 0) return withoutPassages;
    if (imageRecipe(lab)?.evaluation.memorized === 0) return withoutMemorized;
    if (!isEmpty) return undefined;
    return text ? noneRecited : noneAveraged;
  });
  const recipe = useLab((lab) => lab.recipe.recipe);
  const rows = Math.max(all.length, recipe?.factors.linears.length ?? 0);
  const samples = useLab((lab) => lab.results.bandSamples);
  return (
    <div className="block" id="bands">
      <div className="block-header">
        <h3>
          <Explain term="bands">Band responses</Explain>
        </h3>
        <OriginMark part="bands" />
      </div>
      <Segmented label="Bands of" choices={views} value={view} onChange={(bands) => setView({ bands })} />
      <LazyPlot height={view === "one" ? oneHeight : heatmapHeight(rows)} missing={missing}>
        {view === "one"
          ? one && <BandPlot bands={one} name={name} source={source} />
          : all.length > 0 && <BandHeatmap bands={all} linears={linears} source={source} />}
      </LazyPlot>
      {recipe && missing === undefined && <BandSamplesNote recipe={recipe} samples={samples} />}
    </div>
  );
}
