import { useShallow } from "zustand/react/shallow";
import { Explain } from "../controls/Explain";
import { linearsName } from "../panels/linears-name";
import { OriginMark } from "../panels/OriginMark";
import { editLabel } from "../plots/edit-label";
import { useLab } from "../state/lab";
import { modelLinears, planePosition, shownLinear, textRecipe } from "../state/selectors";
import { listedSources } from "../state/sources-slice";
import { OwnTextField } from "./OwnTextField";
import { SourceRow } from "./SourceRow";
import { SourcesStatus } from "./SourcesStatus";
import { SourcesExport } from "./SourcesExport";

/** Texts that factors can come from, what the factors of each are like, and what the chosen edit does with them. */
export function SourcesSection(): React.JSX.Element | null {
  const listed = useLab(
    useShallow((lab) => {
      const recipe = textRecipe(lab);
      return recipe === undefined ? [] : listedSources(lab.sources, recipe, lab.view.sources);
    }),
  );
  if (listed.length === 0) return null;
  return (
    <div className="block" id="sources">
      <div className="block-header">
        <h3>
          <Explain term="sources">Sources</Explain>
        </h3>
        <OriginMark part="factors" />
      </div>
      <div className="table-scroll">
        <table className="metrics text-metrics sources">
          <Caption />
          <Head />
          <tbody>
            {listed.map((source) => (
              <SourceRow key={source} source={source} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="button-row">
        <SourcesExport sources={listed} />
        <SourcesStatus />
      </div>
      <OwnTextField />
    </div>
  );
}

/** Which edit and which matrix the numbers are of. */
function Caption(): React.JSX.Element {
  const edit = useLab((lab) => lab.recipe.recipe?.edits[planePosition(lab) ?? -1]);
  const linear = useLab(shownLinear);
  const linears = useLab(modelLinears);
  const matrix = linear === undefined ? "" : `; traces and pairs of ${linearsName([linear], linears)}`;
  return (
    <caption>
      {edit === undefined ? "There is no K-FAC edit to compare" : capital(editLabel(edit))}
      {matrix}. The factors in use are those of the whole page.
    </caption>
  );
}

function Head(): React.JSX.Element {
  return (
    <thead>
      <tr>
        <th scope="col">Text in use</th>
        <th scope="col">
          <Explain term="trace">tr A</Explain>
          <small>tr G</small>
        </th>
        <th scope="col">
          <Explain term="keptPairs">pairs kept</Explain>
        </th>
        <th scope="col" style={{ color: "var(--memorized)" }}>
          <Explain term="strict">strict</Explain>
          <span aria-label="less is better" role="img">
            {"\u00a0↓"}
          </span>
        </th>
        <th scope="col" style={{ color: "var(--validation)" }}>
          <Explain term="ndcg">nDCG @10</Explain>
          <span aria-label="more is better" role="img">
            {"\u00a0↑"}
          </span>
        </th>
      </tr>
    </thead>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
