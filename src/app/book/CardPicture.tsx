import { useCallback, useMemo } from "react";
import type { Card } from "../../book/card";
import { downBands, imageRows, textRows } from "../../book/pick";
import type { BookRun } from "../../book/run";
import { ranked, usualFloor } from "../../recipe/search-ranking";
import type { ClassificationMetrics } from "../../stages/evaluation/types";
import type { LinearId } from "../../stages/model/types";
import {
  BandHeatmap,
  BandPlot,
  ComparisonPlot,
  DecayPlot,
  LazyPlot,
  SearchPlot,
  TextTradeoffPlot,
  TradeoffPlot,
} from "../panels/LazyPlot";
import { BandSamplesNote } from "../panels/BandSamplesNote";
import { linearsName } from "../panels/linears-name";
import { WhenSeen } from "./WhenSeen";
import { WrittenTexts } from "./WrittenTexts";

/** At least what each picture takes, in CSS pixels. */
const heights = {
  // Of a language model it is the trade-off.
  comparison: 376,
  strengths: 365,
  search: 440,
  "text-tradeoff": 376,
  "first-and-last-bands": 560,
  "all-bands": 560,
} as const;

interface Pictured {
  readonly card: Card;
  readonly run: BookRun | undefined;
}

/** What a card shows beside its numbers; plots are drawn when they come into view. */
export function CardPicture({ card, run }: Pictured): React.JSX.Element | null {
  const { picture } = card;
  if (picture === "none") return null;
  if (picture === "passages" || picture === "prompts")
    return run === undefined ? null : <WrittenTexts run={run} kind={picture} title={card.title} />;
  return (
    <WhenSeen height={heights[picture]}>
      <LazyPlot height={heights[picture]}>{run && <Plot picture={picture} run={run} />}</LazyPlot>
    </WhenSeen>
  );
}

function Plot(props: {
  readonly picture: keyof typeof heights;
  readonly run: BookRun;
}): React.JSX.Element | null {
  const { picture, run } = props;
  const source = `Eigenband; recipe “${run.recipe.title}”; stored result of ${run.computed.date}, ${run.computed.device}`;
  const name = useCallback((ids: readonly LinearId[]) => linearsName(ids, run.linears), [run]);
  const images = useMemo(() => imageRows(run.edits), [run]);
  const texts = useMemo(() => textRows(run), [run]);
  const bands = useMemo(() => downBands(run), [run]);
  const [start, ...changed] = images;
  const [unedited, ...edited] = texts;
  const last = bands.at(-1);
  switch (picture) {
    case "comparison":
      return unedited ? (
        <TextTradeoffPlot unedited={unedited.metrics} edits={edited} linearsName={name} source={source} />
      ) : (
        <ComparisonPlot edits={images} source={source} />
      );
    case "strengths":
      return start ? (
        <TradeoffPlot unedited={start.metrics} edits={changed} metric="validation" source={source} />
      ) : null;
    case "search":
      return start ? <Found run={run} unedited={start.metrics} source={source} /> : null;
    case "text-tradeoff":
      return unedited ? (
        <TextTradeoffPlot unedited={unedited.metrics} edits={edited} linearsName={name} source={source} />
      ) : null;
    case "first-and-last-bands":
      return last ? (
        <>
          <BandPlot bands={last} name={name([last.linear])} source={source} />
          <BandSamplesNote recipe={run.recipe} samples={run.bandSamples} />
        </>
      ) : null;
    case "all-bands":
      return (
        <>
          <BandHeatmap bands={bands} linears={run.linears} source={source} />
          <BandSamplesNote recipe={run.recipe} samples={run.bandSamples} />
          {run.decay && (
            <DecayPlot
              runs={run.decay.runs}
              order="product"
              side="memorized"
              chosen={undefined}
              linears={run.linears}
              source={`Eigenband; stored result of ${run.decay.computed.date}, ${run.decay.computed.device}`}
            />
          )}
        </>
      );
  }
}

function Found(props: {
  readonly run: BookRun;
  readonly unedited: ClassificationMetrics;
  readonly source: string;
}): React.JSX.Element {
  const { run, unedited, source } = props;
  const floor = usualFloor(unedited);
  const order = useMemo(() => ranked(run.scan, floor), [run, floor]);
  return (
    <SearchPlot
      order={order}
      floor={floor}
      unedited={unedited}
      isText={false}
      linears={run.linears}
      source={source}
    />
  );
}
