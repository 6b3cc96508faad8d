import { Explain } from "../controls/Explain";
import { useLab } from "../state/lab";
import { imageRecipe } from "../state/selectors";
import { DropModel } from "./DropModel";
import { ModelChoice } from "./ModelChoice";
import { ImageFacts } from "./ImageFacts";
import { OriginMark } from "./OriginMark";
import { Panel } from "./Panel";
import { ImageSettings } from "./ImageSettings";
import { TrainingSection } from "./TrainingSection";

/** First column: which model, what was planted in it, and how it was trained. */
export function ModelPanel(): React.JSX.Element {
  return (
    <Panel
      name="model"
      title="Model and data"
      question="What was learned, and what was planted?"
      source={
        <>
          In the paper: images with <Explain term="labelNoise">noised labels</Explain>, section 2.2. There a
          ViT-Base on ImageNet; here a far smaller ViT on drawn shapes.
        </>
      }
    >
      <ModelChoice />
      <div className="block" id="model-data">
        <div className="block-header">
          <h3>What was planted</h3>
          <OriginMark part="data" />
        </div>
        <ImageFacts />
      </div>
      <TrainingSection />
      <DropModel />
      <SettingsWhenReady />
    </Panel>
  );
}

function SettingsWhenReady(): React.JSX.Element | null {
  const recipe = useLab(imageRecipe);
  return recipe === undefined ? null : <ImageSettings recipe={recipe} />;
}
