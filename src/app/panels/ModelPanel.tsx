import { Explain } from "../controls/Explain";
import { useLab } from "../state/lab";
import { imageRecipe, textRecipe } from "../state/selectors";
import { TextFacts } from "../texts/TextFacts";
import { TextSettings } from "../texts/TextSettings";
import { DropModel } from "./DropModel";
import { ModelChoice } from "./ModelChoice";
import { ImageFacts } from "./ImageFacts";
import { OriginMark } from "./OriginMark";
import { Panel } from "./Panel";
import { ImageSettings } from "./ImageSettings";
import { TrainingSection } from "./TrainingSection";

/** First column: which model, what was planted in it, and how it was trained. */
export function ModelPanel(): React.JSX.Element {
  const text = useLab((lab) => textRecipe(lab) !== undefined);
  return (
    <Panel
      name="model"
      title="Model and data"
      question="What was learned, and what was planted?"
      source={
        text ? (
          <>
            In the paper: <Explain term="recitation">memorized sequences</Explain>, section 2.1, and the
            setup, section 4.1. There OLMo-2 7B and what it recites of its own training text; here a far
            smaller OLMo-2 and <Explain term="planted">planted passages</Explain>.
          </>
        ) : (
          <>
            In the paper: images with <Explain term="labelNoise">noised labels</Explain>, section 2.2. There a
            ViT-Base on ImageNet; here a far smaller ViT on drawn shapes.
          </>
        )
      }
    >
      <ModelChoice />
      <div className="block" id="model-data">
        <div className="block-header">
          <h3>What was planted</h3>
          <OriginMark part="data" />
        </div>
        {text ? <TextFacts /> : <ImageFacts />}
      </div>
      <TrainingSection />
      <DropModel />
      <SettingsWhenReady />
    </Panel>
  );
}

function SettingsWhenReady(): React.JSX.Element | null {
  const images = useLab(imageRecipe);
  const text = useLab(textRecipe);
  if (text !== undefined) return <TextSettings recipe={text} />;
  return images === undefined ? null : <ImageSettings recipe={images} />;
}
