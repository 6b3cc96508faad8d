import type { ReactNode } from "react";
import { Explain } from "../controls/Explain";
import type { TermName } from "../glossary";
import { count, percent } from "../plots/number-format";
import { useLab } from "../state/lab";
import { imageData } from "../state/selectors";

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
        <Fact term="noisedImages" label="wrongly labelled">
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

function Fact(props: {
  readonly term: TermName;
  readonly label: string;
  readonly children: ReactNode;
}): React.JSX.Element {
  return (
    <div>
      <dt>
        <Explain term={props.term}>{props.label}</Explain>
      </dt>
      <dd>{props.children ?? "…"}</dd>
    </div>
  );
}
