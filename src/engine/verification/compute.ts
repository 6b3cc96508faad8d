import { GraphBuilder } from "../../graph/builder";
import { gradient } from "../../graph/gradient";
import type { Graph } from "../../graph/types";
import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { Feeds } from "../../runtime/session";
import type { Samples } from "../../stages/data/types";
import { applyEdit } from "../../stages/edit/apply";
import { FactorSums } from "../../stages/factors/collect";
import { crossEntropy, oneHot } from "../../stages/model/cross-entropy";
import type { ImageModel, LinearId } from "../../stages/model/types";
import { addVit } from "../../stages/model/vit";
import type { VitConfig } from "../../stages/model/vit-config";
import type { StageContext } from "../../stages/progress";
import { decomposeFactors, releaseSpectrum } from "../../stages/spectrum/decompose";
import type { Spectrum } from "../../stages/spectrum/types";
import { float32, int32 } from "../../tensor/host-tensor";
import type { Reference } from "./reference";

/** Everything a reference may hold, computed by the lab's own stages and named as there. */
export class Computation {
  readonly results = new Map<string, ArrayLike<number>>();
  readonly #backend: Backend;
  readonly #model: ImageModel;
  readonly #reference: Reference;
  readonly #context: StageContext;

  constructor(backend: Backend, model: ImageModel, reference: Reference, context: StageContext) {
    this.#backend = backend;
    this.#model = model;
    this.#reference = reference;
    this.#context = context;
  }

  /** Logits, the loss of the given labels and its gradient for every parameter. */
  async gradients(config: VitConfig): Promise<void> {
    const graph = gradientGraph(config, this.#reference.images);
    await this.#run(graph, (name, values) => this.results.set(name, values));
  }

  /** Inputs and output gradients of the linears, token by token. */
  async taps(): Promise<void> {
    const { images, linears } = this.#reference;
    const { graph, taps } = this.#model.taps(images, linears, "gold");
    const outputs = new Map<string, Float32Array>();
    await this.#run(graph, (name, values) => outputs.set(name, values));
    for (const { linear, a, g } of taps) {
      this.#keep(linear.id, "activation", outputs.get(a));
      this.#keep(linear.id, "gradient", outputs.get(g));
    }
  }

  /** Factors over all tokens, their eigenvalues, and the edits at every energy. */
  async edits(): Promise<void> {
    const { images, linears, energies, labels, pixels } = this.#reference;
    const size = pixels.length / images;
    const source: Samples = {
      unit: "images",
      input: (indices) => {
        const chosen = new Float32Array(indices.length * size);
        indices.forEach((index, i) => {
          chosen.set(pixels.subarray(index * size, (index + 1) * size), i * size);
        });
        return float32(this.#model.imageShape(indices.length), chosen);
      },
      labels: (indices) => Int32Array.from(indices, (index) => labels[index] ?? 0),
    };
    const spec = { linears, tokens: "all", labels: "gold", seed: 0 } as const;
    const sums = new FactorSums(this.#backend, this.#model, spec);
    try {
      await sums.collect(source, images, this.#context);
      for (const [id, { A, G }] of sums.linears) {
        this.#keep(id, "A", await this.#taken(A.mean()));
        this.#keep(id, "G", await this.#taken(G.mean()));
      }
      const pairs = [...sums.linears.values()];
      const kfac = await decomposeFactors(this.#backend, this.#model, pairs, this.#context);
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
      const edited = await applyEdit(this.#backend, this.#model, spectrum, edit);
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

  async #run(graph: Graph, onOutput: (name: string, values: Float32Array) => void): Promise<void> {
    const { images, pixels, labels } = this.#reference;
    const fed = {
      pixel_values: this.#backend.upload(float32(this.#model.imageShape(images), pixels)),
      labels: this.#backend.upload(int32([images], labels)),
    };
    const session = await this.#backend.compile(graph, "device");
    try {
      const feeds: Feeds = { ...Object.fromEntries(this.#model.parameters), ...fed };
      for (const [name, tensor] of Object.entries(await session.run(feeds))) {
        onOutput(name, await this.#taken(tensor));
      }
    } finally {
      for (const tensor of Object.values(fed)) tensor.release();
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

function gradientGraph(config: VitConfig, images: number): Graph {
  const b = new GraphBuilder();
  const { logits, parameters } = addVit(b, config, images);
  const labels = b.input("labels", [images], "int32");
  const { loss } = crossEntropy(b, logits, oneHot(b, labels, config.classNames.length));
  const gradients = gradient(b, loss, [...parameters.values()]);
  const named = [...parameters.keys()].map((name, i) => [`grad.${name}`, gradients[i] ?? loss] as const);
  return b.build("verification", { logits, loss, ...Object.fromEntries(named) });
}
