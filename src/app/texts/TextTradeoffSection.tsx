import { useCallback, useMemo } from "react";
import type { LinearId } from "../../stages/model/types";
import { Explain } from "../controls/Explain";
import { LazyPlot, TextTradeoffPlot } from "../panels/LazyPlot";
import { linearsName } from "../panels/linears-name";
import { OriginMark } from "../panels/OriginMark";
import { useLab } from "../state/lab";
import { isTextRow, modelLinears, sourceOf, textResultAt } from "../state/selectors";

/** Every edit evaluated so far: the lines grow as the energy is moved. */
export function TextTradeoffSection(): React.JSX.Element {
  const evaluated = useLab((lab) => lab.results.evaluated);
  const unedited = useLab((lab) => textResultAt(lab, 0)?.metrics);
  const linears = useLab(modelLinears);
  const source = useLab((lab) => sourceOf(lab, "edit"));
  const rows = useMemo(
    () => evaluated.filter(isTextRow).filter(({ edit }) => edit.method !== "none"),
    [evaluated],
  );
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
