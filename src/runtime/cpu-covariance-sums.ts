import { followedBy } from "../graph/followed-by";
import type { Graph } from "../graph/types";
import { float32, type HostTensor } from "../tensor/host-tensor";
import { addCovariance } from "../tensor/reference/covariance";
import type { CovarianceSum, CovarianceSums } from "./covariance-sums";
import { hostFloats, type DeviceTensor } from "./device-tensor";
import type { Session } from "./session";
import { SumsByOutput } from "./sums-by-output";
import { addUpperGrams, gramName, gramsAtOnce, upperGramGraph } from "./upper-gram";

/**
 * Runs of fewer rows than this are multiplied in float64: covariances of few rows are hardly of full rank, and rounding
 * would fill what they leave empty. So many take little time in JavaScript, too.
 */
const fewRows = 256;

interface HostSum extends CovarianceSum {
  /** Adds the first rows of X. */
  addRows(x: Float32Array, rows: number): void;
  /** Adds what `upperGramGraph` gives of so many rows. */
  addGram(gram: Float32Array, rows: number): void;
}

function hostSum(upload: (tensor: HostTensor) => DeviceTensor, name: string, size: number): HostSum {
  /** The upper triangle alone. */
  const sums = new Float64Array(size * size);
  /** What is not in the sums yet. */
  let waiting: Float32Array[] = [];
  let count = 0;
  const finish = (): void => {
    if (waiting.length > 0) addUpperGrams(waiting, sums, size);
    waiting = [];
  };
  return {
    size,
    get count() {
      return count;
    },
    addRows: (x, rows) => {
      addCovariance(x, rows, size, sums);
      count += rows;
    },
    addGram: (gram, rows) => {
      waiting.push(gram);
      if (waiting.length === gramsAtOnce) finish();
      count += rows;
    },
    mean: () => {
      if (count === 0) throw new RangeError(`covariance of ${name}: expected at least one row, got none`);
      finish();
      const mean = new Float32Array(size * size);
      for (let row = 0; row < size; row++)
        for (let column = row; column < size; column++)
          mean[row * size + column] = mean[column * size + row] = (sums[row * size + column] ?? 0) / count;
      return upload(float32([size, size], mean));
    },
  };
}

type Part = ReturnType<SumsByOutput<HostSum>["ofGraph"]>[number];

/** A graph compiled for runs in which so many rows of its outputs count, and how their results are added. */
interface Compiled {
  readonly session: Session;
  readonly add: (outputs: Readonly<Record<string, DeviceTensor>>) => void;
}

/**
 * Sums on a CPU. The products XᵀX are further nodes of the graph, in float32 over the rows of a run, so that neither X
 * nor a copy of it leaves onnxruntime's memory; runs are added in float64.
 */
export function cpuCovarianceSums(
  upload: (tensor: HostTensor) => DeviceTensor,
  sizes: ReadonlyMap<string, number>,
  compile: (graph: Graph) => Promise<Session>,
): CovarianceSums {
  const sums = new SumsByOutput(sizes, (output, size) => hostSum(upload, output, size));

  const compiled = async (
    graph: Graph,
    parts: readonly Part[],
    counted: (rows: number) => number,
  ): Promise<Compiled> => {
    const few = parts.every(({ rows }) => counted(rows) < fewRows);
    const session = await compile(few ? graph : followedBy(graph, upperGramGraph(graph.outputs, counted)));
    return {
      session,
      add: (outputs) => {
        const results = parts.map((part) => {
          const result = outputs[few ? part.output : gramName(part.output)];
          if (!result) throw new Error(`covariances: the graph gave nothing of ${part.output}`);
          return { ...part, values: hostFloats(result) };
        });
        for (const { sum, rows, values } of results)
          if (few) sum.addRows(values, counted(rows));
          else sum.addGram(values, counted(rows));
      },
    };
  };

  return {
    of: (output) => sums.of(output),
    compile: async (graph) => {
      const parts = sums.ofGraph(graph);
      const whole = await compiled(graph, parts, (rows) => rows);
      return {
        run: async (feeds, counted, samples) => {
          // Only the last run of a collection has samples that do not count.
          const part =
            counted === samples ? whole : await compiled(graph, parts, (rows) => (rows / samples) * counted);
          try {
            const outputs = await part.session.run(feeds);
            part.add(outputs);
            for (const tensor of Object.values(outputs)) tensor.release();
          } finally {
            if (part !== whole) await part.session.release();
          }
        },
        release: () => whole.session.release(),
      };
    },
    release: () => undefined,
  };
}
