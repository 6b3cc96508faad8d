import { useEffect } from "react";
import { Explain } from "../controls/Explain";
import { runSpecs } from "../../book/run-specs";
import { LazyPlot, SearchPlot } from "../panels/LazyPlot";
import { useLab } from "../state/lab";
import { shippedModel } from "../state/recipe-slice";
import { bookAddress } from "../state/route";
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
  const evaluated = useLab((lab) => lab.search.rows.length);
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
      {order.length === 0 && <StoredSearch />}
      {order.length > 0 && <SearchTable order={order} floor={floor} isText={isText} />}
    </>
  );
}

/** Where a search of this model can be seen without waiting for one. */
function StoredSearch(): React.JSX.Element | null {
  const model = useLab((lab) => shippedModel(lab.recipe)?.name);
  const stored = runSpecs.some((spec) => spec.search === true && spec.model === model);
  if (!stored) return null;
  return (
    <p className="muted search-stored">
      A search of this model is stored in the book: <a href={bookAddress("searches")}>Searches</a>.
    </p>
  );
}

function nothing(found: number, evaluated: number): string | undefined {
  if (found > 0) return undefined;
  return evaluated === 0
    ? "Nothing has been searched yet."
    : "Nothing was planted in this model, so there is no memory to rank these cuts by.";
}
