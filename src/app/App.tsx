import { BookPage } from "./book/BookPage";
import { CurvaturePanel } from "./panels/CurvaturePanel";
import { EffectPanel } from "./panels/EffectPanel";
import { Header } from "./panels/Header";
import { LayersPanel } from "./panels/LayersPanel";
import { ModelPanel } from "./panels/ModelPanel";
import { Notices } from "./panels/Notices";
import { Pipeline } from "./panels/Pipeline";
import { Story } from "./panels/Story";
import { useLab } from "./state/lab";
import { Tour } from "./tour/Tour";
import { useSectionInView } from "./use-section-in-view";
import { TextPanel } from "./texts/TextPanel";
import { TrainPanel } from "./training/TrainPanel";

export function App(): React.JSX.Element {
  const page = useLab((lab) => lab.route.page);
  return page === "book" ? <BookPage /> : <LabPage />;
}

function LabPage(): React.JSX.Element {
  useSectionInView();
  return (
    <>
      <a className="skip-link" href="#lab" onClick={skipToLab}>
        Skip to the lab
      </a>
      <Header />
      <Notices />
      <Pipeline />
      <main id="lab" tabIndex={-1}>
        <Story />
        <div className="panels">
          <ModelPanel />
          <CurvaturePanel />
          <EffectPanel />
          <TextPanel />
          <LayersPanel />
          <TrainPanel />
        </div>
      </main>
      <Tour />
    </>
  );
}

/** Moves the focus without touching the address, which holds the recipe. */
function skipToLab(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("lab")?.focus();
}
