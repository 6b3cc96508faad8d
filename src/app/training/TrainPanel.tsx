import { useEffect, useRef, useState } from "react";
import { Explain } from "../controls/Explain";
import { useLab } from "../state/lab";
import { showDecaySeries } from "../state/run-training";
import { imageRecipe } from "../state/selectors";
import { DecaySection } from "./DecaySection";
import { TrainControl } from "./TrainControl";
import { TrainPlots } from "./TrainPlots";
import { TrainSettings } from "./TrainSettings";

/** Below the three columns: a small network trained here, and what weight decay does to such networks. */
export function TrainPanel(): React.JSX.Element | null {
  const images = useLab((lab) => imageRecipe(lab) !== undefined);
  const hidden = useLab((lab) => lab.view.hide.includes("train"));
  const panel = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const target = panel.current;
    if (target === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        setSeen(true);
        void showDecaySeries();
      },
      { rootMargin: "200px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [images, hidden]);
  if (!images || hidden) return null;
  return (
    <section ref={panel} className="panel panel-wide" id="train" aria-labelledby="train-title">
      <header className="panel-header">
        <h2 id="train-title">Train one yourself</h2>
        <p>When does a network begin to learn by heart, and what does weight decay make of it?</p>
      </header>
      <div className="train-bench">
        <div className="block">
          <TrainSettings />
          <TrainControl seen={seen} />
        </div>
        <TrainPlots />
      </div>
      <DecaySection />
      <p className="panel-source">
        In the paper: <Explain term="labelNoise">label noise</Explain>, section 2.2; weight decay and figure
        5, appendix B.1. There ViT-Base of 12 layers on ImageNet, here networks that a laptop trains in a
        minute or two.
      </p>
    </section>
  );
}
