import { useEffect } from "react";
import { Explain } from "../controls/Explain";
import { LazyPlot, SearchPlot } from "../panels/LazyPlot";
import { OriginMark } from "../panels/OriginMark";
import { useLab } from "../state/lab";
import { bookAddress } from "../state/route";
import { followSearch } from "../state/run-search";
import { originOf, sourceOf } from "../state/origins";
import { modelLinears } from "../state/selectors";
import { foundRows } from "../state/shown-rows";
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
        <OriginMark part="search" />
      </div>
      <SearchSettings />
      <SearchControls />
      <StoredSearch />
      <Found />
    </div>
  );
}

function Found(): React.JSX.Element {
  const { order, floor, unedited, isText } = useRanking();
  const linears = useLab(modelLinears);
  const source = useLab((lab) => sourceOf(lab, "search"));
  const evaluated = useLab((lab) => foundRows(lab).length);
  return (
    <>
      <LazyPlot height={order.length === 0 ? 120 : 440} missing={nothing(order.length, evaluated)}>
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

/** Says what a stored search is of, and what a start does to it; nothing where none is shown. */
function StoredSearch(): React.JSX.Element | null {
  const origin = useLab((lab) => originOf(lab, "search"));
  if (origin?.kind !== "stored") return null;
  return (
    <p className="muted search-stored">
      Shown is the search of <a href={bookAddress("searches")}>the book</a>, computed {origin.date} with{" "}
      {origin.device} and shipped with the page. A start computes what is chosen above here; its edits take
      the place of the stored ones.
    </p>
  );
}

function nothing(found: number, evaluated: number): string | undefined {
  if (found > 0) return undefined;
  return evaluated === 0
    ? "Nothing has been searched yet."
    : "Nothing was planted in this model, so there is no memory to rank these cuts by.";
}
