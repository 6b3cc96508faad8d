import { useEffect, useRef } from "react";
import type { ImageRecord } from "../../stages/data/types";
import { Explain } from "../controls/Explain";
import { percent } from "../plots/number-format";
import type { Pick, Prediction } from "./gallery-picks";

/** One picture: what it shows, what the model was told, and what it says before and after. */
export function GalleryTile(props: {
  readonly pick: Pick;
  readonly classes: readonly string[];
  readonly picture: ImageData | undefined;
}): React.JSX.Element {
  const { record, before, after } = props.pick;
  const name = (label: number): string => props.classes[label] ?? `class ${String(label)}`;
  return (
    <li className="tile">
      <Picture data={props.picture} label={`A picture drawn as ${name(record.trueLabel)}`} />
      <dl>
        <dt>drawn</dt>
        <dd>{name(record.trueLabel)}</dd>
        <dt>told</dt>
        <dd className={record.givenLabel === record.trueLabel ? "" : "told-wrong"}>
          {record.group === "validation" ? "nothing" : name(record.givenLabel)}
        </dd>
        <dt>before</dt>
        <Said prediction={before} record={record} name={name(before.label)} />
        <dt>after</dt>
        <Said prediction={after} record={record} name={name(after.label)} />
      </dl>
    </li>
  );
}

function Said({
  prediction,
  record,
  name,
}: {
  readonly prediction: Prediction;
  readonly record: ImageRecord;
  readonly name: string;
}): React.JSX.Element {
  const right = prediction.label === record.trueLabel;
  const byHeart = !right && record.group === "memorized" && prediction.label === record.givenLabel;
  const kind = right ? "said-true" : byHeart ? "said-memorized" : "said-other";
  return (
    <dd className={kind}>
      {name} <Explain term="confidence">{percent(prediction.confidence, 0)}</Explain>
    </dd>
  );
}

function Picture({
  data,
  label,
}: {
  readonly data: ImageData | undefined;
  readonly label: string;
}): React.JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (data !== undefined) canvas.current?.getContext("2d")?.putImageData(data, 0, 0);
  }, [data]);
  const size = data?.width ?? 1;
  return <canvas ref={canvas} role="img" aria-label={label} width={size} height={size} />;
}
