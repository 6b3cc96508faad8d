import { count, percent } from "../plots/number-format";
import { useLab } from "../state/lab";
import { imageData } from "../state/selectors";
import { Fact } from "./Fact";

/** Sizes of the model and the data; the rows are there before the numbers are. */
export function ImageFacts(): React.JSX.Element {
  const model = useLab((lab) => lab.results.model);
  const data = useLab(imageData);
  return (
    <>
      <dl className="facts">
        <Fact term="trainingImages" label="Training images">
          {data && count(data.trainingImages)}
        </Fact>
        <Fact term="noisedImages" label="Wrongly labelled">
          {data &&
            `${count(data.noisedImages)} (${percent(data.noisedImages / Math.max(1, data.trainingImages))})`}
        </Fact>
        <Fact term="validationImages" label="Validation images">
          {data && count(data.validationImages)}
        </Fact>
        <Fact term="parameters" label="Parameters">
          {model && count(model.parameters)}
        </Fact>
        <Fact term="layers" label="Layers">
          {model && String(model.layers)}
        </Fact>
        <Fact term="hiddenSize" label="Width">
          {model && `${String(model.hiddenSize)} numbers`}
        </Fact>
      </dl>
      <p className="classes">
        Classes: <span>{data?.classNames.join(", ") ?? "…"}</span>
      </p>
    </>
  );
}
