import { Explain } from "../controls/Explain";
import { SearchSection } from "../search/SearchSection";
import { useLab } from "../state/lab";
import { textRecipe } from "../state/selectors";
import { ScanSection } from "./ScanSection";

/** Below the three columns: which matrices to cut, tried one by one and together. It goes with the effect. */
export function LayersPanel(): React.JSX.Element | null {
  const text = useLab((lab) => textRecipe(lab) !== undefined);
  const hidden = useLab((lab) => lab.view.hide.includes("effect"));
  if (hidden) return null;
  return (
    <section className="panel panel-wide" id="layers" aria-labelledby="layers-title">
      <header className="panel-header">
        <h2 id="layers-title">Which layers?</h2>
        <p>Where does the memory lie, matrix by matrix, and which of them are best cut together?</p>
      </header>
      <div className="side-by-side">
        <ScanSection />
        <SearchSection />
      </div>
      <p className="panel-source">
        In the paper: <Explain term="scan">single layers</Explain> and{" "}
        <Explain term="search">sets of layers</Explain>, section 4.1
        {text
          ? "; the earliest layers are cut there."
          : " and figure 4; layers 0 and 11 of twelve are cut there."}
      </p>
    </section>
  );
}
