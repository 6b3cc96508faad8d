import { useMemo, useState } from "react";
import type { Linear } from "../../stages/model/types";
import type { LinearBands } from "../../stages/spectrum/types";
import { Segmented } from "../controls/Segmented";
import { bandHeatmapChart } from "./band-heatmap-figure";
import { ChartFigure } from "./ChartFigure";
import { linearLabels } from "./linear-label";

const bases = [
  { value: "kfac", label: "K-FAC" },
  { value: "svd", label: "SVD" },
] as const;

/** All linears by all bands; a switch shows the same in the SVD basis, in the same frame. */
export function BandHeatmap(props: {
  readonly bands: readonly LinearBands[];
  readonly linears: readonly Linear[];
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { bands, linears } = props;
  const [basis, setBasis] = useState<"kfac" | "svd">("kfac");
  const chart = useMemo(() => bandHeatmapChart(bands, basis, linearLabels(linears)), [bands, basis, linears]);
  const name = basis === "kfac" ? "K-FAC" : "SVD";
  return (
    <ChartFigure
      title={`Memorized / clean response, ${name} bands`}
      chart={chart}
      source={props.source}
      below={<Segmented label="Basis" choices={bases} value={basis} onChange={setBasis} />}
    />
  );
}
