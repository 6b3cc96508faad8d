import { useEffect } from "react";
import { Explain } from "../controls/Explain";
import { LazyPlot, SearchPlot } from "../panels/LazyPlot";
import { useLab } from "../state/lab";
import { followSearch } from "../state/run-search";
import { modelLinears, sourceOf } from "../state/selectors";
import { SearchControls } from "./SearchControls";
import { SearchSettings } from "./SearchSettings";
import { SearchTable } from "./SearchTable";
import { useRanking } from "./use-ranking";

/** Sets of layers cut together, ranked by what is left of the memory at equal ability; in the background. */
export function SearchSection(): React.JSX.Element {
  const recipe = useLab((lab) => lab.recipe.recipe);
  const ready = useLab((lab) => lab.device.kind === "ready");
  useEffect(() => {
    if (ready && recipe !== undefined) void followSearch(recipe);
  }, [ready, recipe]);
  return (
    <div className="block" id="search">
      <div className="block-header">
        <h3>
          <Explain term="search">Search over layers</Explain>
        </h3>
      </div>
      <SearchSettings />
      <SearchControls />
      <Found />
    </div>
  );
}

function Found(): React.JSX.Element {
  const { order, floor, unedited, isText } = useRanking();
  const linears = useLab(modelLinears);
  const source = useLab((lab) => sourceOf(lab, "edit"));
  return (
    <>
      <LazyPlot height={order.length === 0 ? 120 : 440} missing={nothing(order.length)}>
        {order.length > 0 && (
          <SearchPlot
            order={order}
            floor={floor}
            unedited={unedited}
            isText={isText}
            linears={linears}
            source={source}
          />
        )}
      </LazyPlot>
      {order.length > 0 && <SearchTable order={order} floor={floor} isText={isText} />}
    </>
  );
}

function nothing(found: number): string | undefined {
  return found === 0 ? "Nothing has been searched yet." : undefined;
}
