import type { GraphBuilder } from "../../graph/builder";
import type { Graph, Value } from "../../graph/types";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { Samples } from "../../stages/data/types";
import type { ModelInGraph } from "../../stages/model/taps";
import type { Tapped } from "../../stages/model/types";

/** The samples of a reference, as a model reads them. */
export interface View {
  readonly tapped: Tapped;
  readonly source: Samples;
}

/** A model and the samples of its reference. */
export interface Subject {
  /** Name of the graphs' input of samples. */
  readonly input: string;
  readonly parameters: ReadonlyMap<string, DeviceTensor>;
  readonly samples: number;
  /** Every row of tokens. */
  readonly whole: View;
  /** The rows that have a loss: of a text, all but the last position of a window. */
  readonly withLoss: View;
  /** From the samples of `whole` to `logits`. */
  forward(): Graph;
  /** Adds the model over the samples of `withLoss`. */
  add(b: GraphBuilder): ModelInGraph & { readonly parameters: ReadonlyMap<string, Value> };
}
