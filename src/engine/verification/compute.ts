import { GraphBuilder } from "../../graph/builder";
import { gradient } from "../../graph/gradient";
import type { Graph } from "../../graph/types";
import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { applyEdit } from "../../stages/edit/apply";
import { FactorSums } from "../../stages/factors/collect";
import { crossEntropy, oneHot } from "../../stages/model/cross-entropy";
import type { LinearId } from "../../stages/model/types";
import type { StageContext } from "../../stages/progress";
import { decomposeFactors, releaseSpectrum } from "../../stages/spectrum/decompose";
import type { Spectrum } from "../../stages/spectrum/types";
import { int32, type HostTensor } from "../../tensor/host-tensor";
import type { Reference } from "./reference";
import type { Subject, View } from "./subject";

/** Everything a reference may hold, computed by the lab's own stages and named as there. */
export class Computation {
  readonly results = new Map<string, ArrayLike<number>>();
  readonly #backend: Backend;
  readonly #subject: Subject;
  readonly #reference: Reference;
  readonly #context: StageContext;
  readonly #samples: readonly number[];

  constructor(backend: Backend, subject: Subject, reference: Reference, context: StageContext) {
    this.#backend = backend;
    this.#subject = subject;
    this.#reference = reference;
    this.#context = context;
    this.#samples = Array.from({ length: subject.samples }, (_, i) => i);
  }

  /** Logits, the loss of the given labels and its gradient for every parameter. */
  async gradients(): Promise<void> {
    const { whole, withLoss } = this.#subject;
    const logits = await this.#run(this.#subject.forward(), whole);
    const gradients = await this.#run(gradientGraph(this.#subject), withLoss);
    for (const [name, values] of [...logits, ...gradients]) this.results.set(name, values);
  }

  /** Inputs and output gradients of the linears, token by token. */
  async taps(): Promise<void> {
    const { samples, whole, withLoss } = this.#subject;
    const { linears } = this.#reference;
    const activations = whole.tapped.activations(samples, linears);
    const inputs = await this.#run(activations.graph, whole);
    for (const { linear, a } of activations.taps) this.#keep(linear.id, "activation", inputs.get(a));
    const gradients = withLoss.tapped.taps(samples, linears, "gold");
    const outputs = await this.#run(gradients.graph, withLoss);
    for (const [i, { linear, g }] of gradients.taps.entries()) {
      const rows = (inputs.get(activations.taps[i]?.a ?? "")?.length ?? 0) / linear.inputs;
      this.#keep(linear.id, "gradient", zeroFilled(outputs.get(g), samples, rows * linear.outputs));
    }
  }

  /** Factors over all tokens, their eigenvalues, and the edits at every energy. */
  async edits(): Promise<void> {
    const { linears, energies } = this.#reference;
    const { samples } = this.#subject;
    const { tapped, source } = this.#subject.withLoss;
    const spec = { linears, tokens: "all", labels: "gold", seed: 0 } as const;
    const sums = new FactorSums(this.#backend, tapped, spec);
    try {
      await sums.collect(source, samples, this.#context);
      for (const [id, { A, G }] of sums.linears) {
        this.#keep(id, "A", await this.#taken(A.mean()));
        this.#keep(id, "G", await this.#taken(G.mean()));
      }
      const pairs = [...sums.linears.values()];
      const kfac = await decomposeFactors(this.#backend, tapped, pairs, this.#context);
      const spectrum: Spectrum = { kfac, singular: new Map() };
      try {
        for (const [id, { lambda, mu }] of kfac) {
          this.#keep(id, "A.eigenvalues", lambda);
          this.#keep(id, "G.eigenvalues", mu);
        }
        for (const energy of energies) await this.#edit(spectrum, energy);
      } finally {
        releaseSpectrum(spectrum);
      }
    } finally {
      sums.release();
    }
  }

  async #edit(spectrum: Spectrum, energy: string): Promise<void> {
    const { linears } = this.#reference;
    for (const selection of ["pairs", "projection"] as const) {
      const edit = { method: "kfac", linears, energy: Number(energy), selection } as const;
      const edited = await applyEdit(this.#backend, this.#subject, spectrum, edit);
      try {
        for (const [id, weights] of edited.weights) {
          this.#keep(id, `weight.${selection}@${energy}`, await this.#backend.download(weights));
        }
        if (selection === "projection") continue;
        for (const { linear, kept, keptInputs, keptOutputs } of edited.summaries) {
          this.#keep(linear, `kept@${energy}`, [kept, keptOutputs, keptInputs]);
        }
      } finally {
        edited.release();
      }
    }
  }

  /** Every output of a graph over the samples of a view, by name. */
  async #run(graph: Graph, { source }: View): Promise<Map<string, Float32Array>> {
    const labels = source.labels(this.#samples);
    const tensors: Readonly<Record<string, HostTensor>> = {
      [this.#subject.input]: source.input(this.#samples),
      labels: int32([labels.length], labels),
    };
    const fed = Object.entries(tensors).map(
      ([name, tensor]) => [name, this.#backend.upload(tensor)] as const,
    );
    const session = await this.#backend.compile(graph, "device");
    try {
      const outputs = await session.run(Object.fromEntries([...this.#subject.parameters, ...fed]));
      const results = new Map<string, Float32Array>();
      for (const [name, tensor] of Object.entries(outputs)) results.set(name, await this.#taken(tensor));
      return results;
    } finally {
      for (const [, tensor] of fed) tensor.release();
      await session.release();
    }
  }

  /** Reads a tensor back and releases it. */
  async #taken(tensor: DeviceTensor): Promise<Float32Array> {
    try {
      return await this.#backend.download(tensor);
    } finally {
      tensor.release();
    }
  }

  #keep(id: LinearId, what: string, values: ArrayLike<number> | undefined): void {
    if (!values) throw new Error(`verification: no ${what} of ${id}`);
    this.results.set(`${id.replace(/\.weight$/, "")}.${what}`, values);
  }
}

/** Gradients of samples that have fewer rows with a loss than rows: 0 in the others, which are the last. */
function zeroFilled(
  gradients: Float32Array | undefined,
  samples: number,
  size: number,
): Float32Array | undefined {
  if (gradients?.length === size) return gradients;
  const filled = new Float32Array(size);
  const [from, to] = [(gradients?.length ?? 0) / samples, size / samples];
  for (let i = 0; i < samples; i++) {
    filled.set(gradients?.subarray(i * from, (i + 1) * from) ?? [], i * to);
  }
  return gradients && filled;
}

function gradientGraph(subject: Subject): Graph {
  const b = new GraphBuilder();
  const { logits, parameters } = subject.add(b);
  const [rows = 0, classes = 0] = logits.shape;
  const loss = crossEntropy(b, logits, oneHot(b, b.input("labels", [rows], "int32"), classes));
  const gradients = gradient(b, loss, [...parameters.values()]);
  const named = [...parameters.keys()].map((name, i) => [`grad.${name}`, gradients[i] ?? loss] as const);
  return b.build("verification", { loss, ...Object.fromEntries(named) });
}
