import { useMemo, useState } from "react";
import type { DecayRun, DecaySeries } from "../../engine/client";
import { downProjectionsOf } from "../../recipe/training-settings";
import type { Linear } from "../../stages/model/types";
import { Explain } from "../controls/Explain";
import { Segmented } from "../controls/Segmented";
import { BandHeatmap, DecayPlot, LazyPlot } from "../panels/LazyPlot";
import { count, percent } from "../plots/number-format";
import { setView, useLab } from "../state/lab";
import { wantTraining } from "../state/run-training";

const orders = [
  { value: "product", label: "by λμ" },
  { value: "lambda", label: "by λ alone" },
] as const;

const sides = [
  { value: "memorized", label: "more on memorized" },
  { value: "either", label: "either way" },
] as const;

/** Figure 5: one heat map of all layers per weight decay, and how far memorized and clean part against it. */
export function DecaySection(): React.JSX.Element {
  const series = useLab((lab) => lab.training.series);
  return (
    <div className="block" id="decay">
      <div className="block-header">
        <h3>
          <Explain term="weightDecay">Weight decay</Explain> and the bands of all layers
        </h3>
        {series !== undefined && (
          <span className="origin origin-stored">
            stored result of {series.computed.date}, {series.computed.device}
          </span>
        )}
      </div>
      {series === undefined ? (
        <LazyPlot height={540} missing="The series of trainings has not come yet.">
          {false}
        </LazyPlot>
      ) : (
        <Series series={series} />
      )}
    </div>
  );
}

function Series({ series }: { readonly series: DecaySeries }): React.JSX.Element {
  const wished = useLab((lab) => lab.view.decay);
  const [order, setOrder] = useState<"product" | "lambda">("lambda");
  const [side, setSide] = useState<"memorized" | "either">("memorized");
  const { runs, settings } = series;
  const run = runs.find(({ weightDecay }) => weightDecay === wished) ?? runs.at(-1);
  const linears = useMemo(() => linearsOf(series), [series]);
  const source = `Eigenband; series of weight decays; stored result of ${series.computed.date}, ${series.computed.device}`;
  if (run === undefined) return <p className="muted">The series holds no training.</p>;
  const own = { ...settings, weightDecay: run.weightDecay };
  return (
    <>
      <p className="muted">
        {runs.length} networks, alike but for their weight decay: {count(settings.images)} images,{" "}
        {percent(settings.labelNoise, 0)} wrong labels, {settings.layers} layers, {settings.epochs} epochs. At
        decay {run.weightDecay} the network memorized {percent(run.point.memorized)} of the wrong labels and
        is right on {percent(run.point.validation)} of fresh images.
      </p>
      <p className="muted">{outcome(series, order)}</p>
      <div className="button-row">
        <Segmented
          label="Weight decay"
          choices={runs.map(({ weightDecay }) => ({
            value: String(weightDecay),
            label: String(weightDecay),
          }))}
          value={String(run.weightDecay)}
          onChange={(value) => setView({ decay: Number(value) })}
        />
        <Segmented label="Directions sorted" choices={orders} value={order} onChange={setOrder} />
        <Segmented label="Bands that respond" choices={sides} value={side} onChange={setSide} />
        <button type="button" onClick={() => wantTraining({ settings: own })}>
          Train this one here
        </button>
      </div>
      <div className="decay-plots">
        <LazyPlot height={340}>
          <DecayPlot
            runs={runs}
            order={order}
            side={side}
            chosen={run.weightDecay}
            linears={linears}
            source={source}
          />
        </LazyPlot>
        <LazyPlot height={224}>
          <BandHeatmap bands={run.orders[order].bands} linears={linears} source={source} />
        </LazyPlot>
      </div>
    </>
  );
}

/** What the series comes to, in words, beside what the paper found. */
function outcome({ runs }: DecaySeries, order: "product" | "lambda"): string {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return "";
  const factor = (run: DecayRun, basis: "kfac" | "svd"): string =>
    (2 ** (run.orders[order].memorized[basis]?.size ?? 0)).toFixed(2);
  const change = (basis: "kfac" | "svd"): string => `${factor(first, basis)} to ${factor(last, basis)}`;
  return `From decay ${String(first.weightDecay)} to ${String(last.weightDecay)} the band that favours memorized images most goes from ${change("kfac")} times in the K-FAC basis and from ${change("svd")} in the SVD basis. The paper's ViT-Base reaches about 3.5, with a sharp increase near 0.3; networks this small part less, and a stronger decay also lets them memorize less.`;
}

/** The series' networks have one shape. */
function linearsOf({ settings }: DecaySeries): Linear[] {
  return downProjectionsOf(settings).map((id, layer) => ({
    id,
    layer,
    role: "fc2",
    inputs: settings.mlpWidth,
    outputs: settings.width,
  }));
}
