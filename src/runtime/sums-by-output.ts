import type { Graph } from "../graph/types";

/** Sums by the names of the graph outputs whose rows they are over. */
export class SumsByOutput<Sum extends { readonly size: number }> {
  readonly #sums: ReadonlyMap<string, Sum>;

  constructor(sizes: ReadonlyMap<string, number>, make: (output: string, size: number) => Sum) {
    this.#sums = new Map([...sizes].map(([output, size]) => [output, make(output, size)]));
  }

  of(output: string): Sum {
    const sum = this.#sums.get(output);
    if (!sum) throw new RangeError(`covariances: there is no sum of ${output}`);
    return sum;
  }

  /** The outputs of a graph, each with the rows it has and its sum. */
  ofGraph({ name, outputs }: Graph): { readonly output: string; readonly rows: number; readonly sum: Sum }[] {
    return outputs.map(({ name: output, shape }) => {
      const sum = this.of(output);
      const [rows = 0, size] = shape;
      if (shape.length !== 2 || size !== sum.size)
        throw new RangeError(
          `covariances: expected ${output} of ${name} to have rows of ${sum.size}, got ${shape.join("×")}`,
        );
      return { output, rows, sum };
    });
  }

  [Symbol.iterator](): IterableIterator<Sum> {
    return this.#sums.values();
  }
}
