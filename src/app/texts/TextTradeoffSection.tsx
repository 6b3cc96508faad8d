import { useCallback, useMemo } from "react";
import type { LinearId } from "../../stages/model/types";
import { Explain } from "../controls/Explain";
import { LazyPlot, TextTradeoffPlot } from "../panels/LazyPlot";
import { linearsName } from "../panels/linears-name";
import { OriginMark } from "../panels/OriginMark";
import { useLab } from "../state/lab";
import { sourceOf } from "../state/origins";
import { same } from "../state/recipe-slice";
import { isTextRow, modelLinears } from "../state/selectors";
import { storedRows, textMetricsAt } from "../state/shown-rows";

/** Every edit evaluated so far, and what is stored of the recipe's: the lines grow as the energy is moved. */
export function TextTradeoffSection(): React.JSX.Element {
  const evaluated = useLab((lab) => lab.results.evaluated);
  const stored = useLab((lab) => storedRows(lab).edits);
  const edits = useLab((lab) => lab.recipe.recipe?.edits);
  const unedited = useLab((lab) => textMetricsAt(lab, 0));
  const linears = useLab(modelLinears);
  const source = useLab((lab) => sourceOf(lab, "edit"));
  const rows = useMemo(() => {
    const asked = (edits ?? []).flatMap((edit) => {
      const known = evaluated.some((row) => same(row.edit, edit));
      return known ? [] : (stored.find((row) => same(row.edit, edit)) ?? []);
    });
    return [...evaluated, ...asked].filter(isTextRow).filter(({ edit }) => edit.method !== "none");
  }, [evaluated, stored, edits]);
  const name = useCallback((ids: readonly LinearId[]) => linearsName(ids, linears), [linears]);
  return (
    <div className="block" id="tradeoff">
      <div className="block-header">
        <h3>
          <Explain term="tradeoff">Forgetting against keeping</Explain>
        </h3>
        <OriginMark part="edit" />
      </div>
      <LazyPlot height={376}>
        {unedited && <TextTradeoffPlot unedited={unedited} edits={rows} linearsName={name} source={source} />}
      </LazyPlot>
    </div>
  );
}
