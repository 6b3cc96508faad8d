import { count } from "../plots/number-format";
import { Fact } from "../panels/Fact";
import { useLab } from "../state/lab";
import { languageModel, textData } from "../state/selectors";

/** Sizes of the model and the corpus; the rows are there before the numbers are. */
export function TextFacts(): React.JSX.Element {
  const model = useLab(languageModel);
  const data = useLab(textData);
  return (
    <dl className="facts">
      <Fact term="planted" label="Planted passages">
        {data && `${count(data.planted)}, ${count(data.plantRepeats)} times each`}
      </Fact>
      <Fact term="quotes" label="Quotes">
        {data && `${count(data.quotes)}, ${count(data.quoteRepeats)} times each`}
      </Fact>
      <Fact term="freshText" label="Fresh text">
        {data && `${count(data.pieces)} words and signs`}
      </Fact>
      <Fact term="parameters" label="Parameters">
        {model && count(model.parameters)}
      </Fact>
      <Fact term="vocabulary" label="Vocabulary">
        {model && `${count(model.vocabulary)} tokens`}
      </Fact>
      <Fact term="contextLength" label="Context">
        {model && `${count(model.contextLength)} tokens`}
      </Fact>
      <Fact term="textLayers" label="Layers">
        {model && String(model.layers)}
      </Fact>
      <Fact term="textHiddenSize" label="Width">
        {model && `${String(model.hiddenSize)} numbers`}
      </Fact>
    </dl>
  );
}
