import type { Graph } from "../graph/types";
import type { DeviceTensor } from "./device-tensor";
import type { Feeds } from "./session";

/** Running sum Σ x xᵀ over rows, kept on the device. */
export interface CovarianceSum {
  readonly size: number;
  /** Rows added so far. */
  readonly count: number;
  /** Σ x xᵀ / count as a symmetric matrix; the caller releases it. */
  mean(): DeviceTensor;
}

/** A compiled graph whose outputs go into covariance sums and nowhere else. */
export interface CovarianceSession {
  /**
   * Runs the graph and adds the rows of its outputs to the sums. The outputs hold the rows of `samples` samples, one
   * sample after the other, of which the first `counted` count. A run that fails adds nothing.
   */
  run(feeds: Feeds, counted: number, samples: number): Promise<void>;
  release(): Promise<void>;
}

/** Running sums over the rows of named outputs X [rows, size] of graphs, over any number of runs. */
export interface CovarianceSums {
  /** @throws RangeError for a name there is no sum of. */
  of(output: string): CovarianceSum;
  /**
   * Compiles a graph for its outputs' sums.
   * @throws RangeError if an output has no sum, or one of another size.
   */
  compile(graph: Graph): Promise<CovarianceSession>;
  release(): void;
}
