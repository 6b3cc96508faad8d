import { describe, expect, it } from "vitest";
import type { ImageEditResult, EngineEvent } from "../../src/engine/api";
import { imageSamples } from "../../src/engine/images";
import { Pipeline } from "../../src/engine/pipeline";
import { memorySource } from "../../src/files/byte-source";
import { openSafetensors } from "../../src/files/safetensors";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import type { ImageRecipe } from "../../src/recipe/schema";
import { hostFloats } from "../../src/runtime/device-tensor";
import { createNodeBackend } from "../../src/runtime/node";
import { applyEdit } from "../../src/stages/edit/apply";
import type { EditSpec } from "../../src/stages/edit/types";
import { FactorSums } from "../../src/stages/factors/collect";
import type { FactorsSpec } from "../../src/stages/factors/types";
import { evenBatch } from "../../src/stages/even-batch";
import { loadVit } from "../../src/stages/model/checkpoint";
import type { ImageModel } from "../../src/stages/model/types";
import { vitConfigJson } from "../../src/stages/model/vit-config";
import { decomposeFactors, decomposeWeights } from "../../src/stages/spectrum/decompose";
import { smallVit } from "../../src/training/recipes/common";
import { initialVitWeights } from "../../src/training/vit-weights";
import { float32 } from "../../src/tensor/host-tensor";
import { imageResult } from "../support/image-result";
import { relativeDistance } from "../support/matrices";

const timeout = 120_000;
const backend = createNodeBackend();
const config = { ...smallVit(16, 32), layers: 2 };
const linears = [0, 1].flatMap((layer) =>
  ["intermediate.dense", "output.dense"].map(
    (module) => `vit.encoder.layer.${String(layer)}.${module}.weight`,
  ),
);
const data = {
  kind: "shapes",
  seed: 4,
  trainingImages: 400,
  validationImages: 50,
  labelNoise: 0.3,
  classes: 10,
} as const;
const source = imageSamples(data);
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

/** A random network of width 16 whose predictions are not all one class: its weights are larger than initial ones. */
async function randomModel(): Promise<ImageModel> {
  const scaled = [...initialVitWeights(config, 2)].map(
    ([name, { shape, data }]) =>
      [name, float32(shape, shape.length > 1 ? data.map((w) => 15 * w) : data)] as const,
  );
  const file = memorySource("model.safetensors", writeSafetensors(new Map(scaled)));
  const checkpoint = {
    title: "random",
    config: vitConfigJson(config),
    weights: await openSafetensors(file),
    training: undefined,
  };
  return loadVit(backend, checkpoint, quiet);
}

const recipe: ImageRecipe = {
  version: 1,
  title: "exactness",
  data,
  model: { kind: "shipped", name: "random" },
  factors: { linears, images: 100, tokens: "all", labels: "sampled", seed: 1 },
  spectrum: { bandOrder: "product", bandTokens: "all", bandNormalized: false },
  edits: [{ method: "none" }],
  evaluation: { clean: 60, memorized: 60, validation: 50 },
};

async function run(pipeline: Pipeline, changes: Partial<ImageRecipe> = {}): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  await pipeline.run({ ...recipe, ...changes }, quiet.signal, (event) => events.push(event));
  return events;
}

/** Results by position in the recipe, as last told. */
function results(events: readonly EngineEvent[]): ImageEditResult[] {
  const found: ImageEditResult[] = [];
  for (const event of events)
    if (event.kind === "edit") found[event.result.position] = imageResult(event.result);
  return found;
}

const snapshot = (model: ImageModel) =>
  new Map(
    [...model.parameters].map(([name, tensor]) => [name, Buffer.from(hostFloats(tensor).slice().buffer)]),
  );

describe("edits of a random ViT", () => {
  const everything: readonly EditSpec[] = [
    { method: "none" },
    { method: "kfac", linears, energy: 1, selection: "pairs" },
    { method: "kfac", linears, energy: 1, selection: "projection" },
    { method: "svd", linears, keep: 1 },
    { method: "kfac", linears, energy: 0.3, selection: "pairs" },
    { method: "svd", linears, keep: 0 },
  ];

  it(
    "by own energies equal edits of each linear alone at that energy, bit for bit",
    { timeout },
    async () => {
      const energies = [0.3, 0.9, undefined, 0.6];
      const own = Object.fromEntries(
        linears.flatMap((id, at) => (energies[at] === undefined ? [] : [[id, energies[at]]])),
      );
      const base = { method: "kfac", energy: 0.75, selection: "pairs" } as const;
      const together: EditSpec = { ...base, linears, energies: own };
      const alone = linears.map((id, at): EditSpec => ({
        ...base,
        linears: [id],
        energy: energies[at] ?? 0.75,
      }));
      const pipeline = new Pipeline(backend, randomModel);
      const edits: EditSpec[] = [{ method: "none" }, together, ...alone];
      const [, joint, ...single] = results(await run(pipeline, { edits }));
      expect(joint!.kept).toEqual(single.flatMap(({ kept }) => kept));
      expect(new Set(joint!.kept.map(({ kept, total }) => kept / total)).size).toBe(4);
      const weightsOf = async (edit: EditSpec) =>
        (await pipeline.editedModel({ ...recipe, edits }, edit)).weights;
      const weights = await weightsOf(together);
      for (const [at, id] of linears.entries())
        expect(weights.get(id)!.data, id).toEqual((await weightsOf(alone[at]!)).get(id)!.data);
      await pipeline.release();
    },
  );

  it(
    "that keep everything predict what the unedited model predicts, and others do not",
    { timeout },
    async () => {
      const pipeline = new Pipeline(backend, randomModel);
      const [none, ...edited] = results(await run(pipeline, { edits: everything }));
      const labels = [...none!.predictions.labels];
      expect(new Set(labels).size).toBeGreaterThan(3);
      for (const { predictions, metrics, kept } of edited.slice(0, 3)) {
        expect([...predictions.labels]).toEqual(labels);
        expect(metrics).toEqual(none!.metrics);
        expect(relativeDistance(predictions.confidence, none!.predictions.confidence)).toBeLessThan(1e-5);
        for (const one of kept) {
          expect(one.kept).toBe(one.total);
          expect(one.relativeChange).toBeLessThan(1e-6);
        }
      }
      for (const { predictions, kept } of edited.slice(3)) {
        expect([...predictions.labels]).not.toEqual(labels);
        for (const { relativeChange } of kept) expect(relativeChange).toBeGreaterThan(0.1);
      }
      // Nothing kept: Ŵ = 0.
      for (const { kept, relativeChange } of edited[4]!.kept) expect([kept, relativeChange]).toEqual([0, 1]);
      await pipeline.release();
    },
  );

  it("leave the model's own weights as they were, bit for bit", { timeout }, async () => {
    let model: ImageModel | undefined;
    let before = new Map<string, Buffer>();
    const pipeline = new Pipeline(backend, async () => {
      model = await randomModel();
      before = snapshot(model);
      return model;
    });
    await run(pipeline, { edits: everything });
    expect(before.size).toBe(40);
    for (const [name, bytes] of snapshot(model!)) expect(bytes.equals(before.get(name)!), name).toBe(true);
    const exported = await pipeline.editedModel({ ...recipe, edits: everything }, everything[4]!);
    for (const [name, { data }] of exported.weights) {
      expect([name, Buffer.from(data.buffer).equals(before.get(name)!)]).toEqual([
        name,
        !linears.includes(name),
      ]);
    }
    for (const [name, bytes] of snapshot(model!)) expect(bytes.equals(before.get(name)!), name).toBe(true);
    await pipeline.release();
  });
});

describe("factors", () => {
  const spec: FactorsSpec = { ...recipe.factors, images: 200 };
  const means = (sums: FactorSums): ReadonlyMap<string, Float32Array> =>
    new Map<string, Float32Array>(
      [...sums.linears].flatMap(([id, { A, G }]) => [
        [`A of ${id}`, hostFloats(A.mean())] as const,
        [`G of ${id}`, hostFloats(G.mean())] as const,
      ]),
    );

  it("of 100 and then 200 images equal those of 200 at once", { timeout }, async () => {
    const model = await randomModel();
    const once = new FactorSums(backend, model, spec);
    await once.collect(source, 200, quiet);
    const twice = new FactorSums(backend, model, spec);
    await twice.collect(source, 100, quiet);
    expect(twice.samples).toBe(100);
    const half = means(twice);
    await twice.collect(source, 200, quiet);
    const whole = means(once);
    for (const [name, mean] of means(twice)) {
      expect(relativeDistance(mean, whole.get(name)!), name).toBeLessThan(1e-6);
      expect(relativeDistance(half.get(name)!, mean), name).toBeGreaterThan(1e-3);
    }
    for (const { A, G } of twice.linears.values()) expect([A.count, G.count]).toEqual([200 * 17, 200 * 17]);
    // Not collected again.
    await twice.collect(source, 150, quiet);
    expect(twice.samples).toBe(200);
  });

  it("stopped midway keep what was collected and go on to the same end", { timeout }, async () => {
    const model = await randomModel();
    const once = new FactorSums(backend, model, spec);
    await once.collect(source, 200, quiet);
    const stopped = new FactorSums(backend, model, spec);
    const controller = new AbortController();
    const collecting = stopped.collect(source, 200, {
      signal: controller.signal,
      onProgress: (done) => {
        if (done >= 64) controller.abort(new DOMException("stopped", "AbortError"));
      },
    });
    await expect(collecting).rejects.toThrow("stopped");
    // The first whole runs that make 64.
    const batch = evenBatch(200, model.tapBatch);
    const collected = Math.ceil(64 / batch) * batch;
    expect(stopped.samples).toBe(collected);
    for (const { A } of stopped.linears.values()) expect(A.count).toBe(collected * 17);
    await stopped.collect(source, 200, quiet);
    const whole = means(once);
    for (const [name, mean] of means(stopped))
      expect(relativeDistance(mean, whole.get(name)!), name).toBeLessThan(1e-6);
  });

  it(
    "of sampled labels do not depend on the given ones, and those of gold labels do",
    { timeout },
    async () => {
      const model = await randomModel();
      const collected = async (labels: FactorsSpec["labels"], shift: number) => {
        const sums = new FactorSums(backend, model, { ...spec, labels });
        const labelsOf = (indices: readonly number[]) =>
          source.labels(indices).map((label) => (label + shift) % 10);
        const shifted = { ...source, labels: labelsOf };
        await sums.collect(shifted, 32, quiet);
        return means(sums).get(`G of ${linears[0]!}`)!;
      };
      expect(await collected("sampled", 3)).toEqual(await collected("sampled", 0));
      expect(relativeDistance(await collected("gold", 3), await collected("gold", 0))).toBeGreaterThan(1e-3);
    },
  );

  it(
    "of the last layer over the class token alone differ by a scale of G only, but for key and value",
    { timeout },
    async () => {
      const model = await randomModel();
      const collected = async (tokens: FactorsSpec["tokens"]) => {
        const sums = new FactorSums(backend, model, { ...spec, tokens });
        await sums.collect(source, 40, quiet);
        return { sums, means: means(sums) };
      };
      const [all, readout] = [await collected("all"), await collected("readout")];
      const last = linears[3]!;
      expect(readout.sums.linears.get(last)!.A.count).toBe(40);
      expect(all.sums.linears.get(last)!.A.count).toBe(40 * 17);
      // Other tokens of the last layer have no gradient: their rows add nothing to G but to its count.
      const scaled = readout.means.get(`G of ${last}`)!.map((x) => x / 17);
      expect(relativeDistance(all.means.get(`G of ${last}`)!, scaled)).toBeLessThan(1e-6);
      expect(
        relativeDistance(all.means.get(`A of ${last}`)!, readout.means.get(`A of ${last}`)!),
      ).toBeGreaterThan(1e-3);
      const early = `A of ${linears[1]!}`;
      expect(readout.means.get(early)).toEqual(all.means.get(early));
    },
  );
});

it("an edit restores the weights from both bases to float32's precision", { timeout }, async () => {
  const model = await randomModel();
  const sums = new FactorSums(backend, model, recipe.factors);
  await sums.collect(source, 100, quiet);
  const pairs = [...sums.linears.values()];
  const chosen = pairs.map(({ linear }) => linear);
  const spectrum = {
    kfac: await decomposeFactors(backend, model, pairs, quiet),
    singular: await decomposeWeights(backend, model, chosen, quiet),
  };
  for (const edit of [
    { method: "kfac", linears, energy: 1, selection: "pairs" },
    { method: "svd", linears, keep: 1 },
  ] as const) {
    const { weights } = await applyEdit(backend, model, spectrum, edit);
    for (const [id, tensor] of weights) {
      expect(relativeDistance(hostFloats(tensor), hostFloats(model.parameters.get(id)!)), id).toBeLessThan(
        1e-6,
      );
    }
  }
  await expect(
    applyEdit(backend, model, spectrum, { method: "svd", linears: ["vit.layernorm.weight"], keep: 1 }),
  ).rejects.toThrow("vit.layernorm.weight has not been decomposed");
});
