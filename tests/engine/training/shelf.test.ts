import { describe, expect, it } from "vitest";
import { readTrainingRecord } from "../../../src/engine/training-record";
import type { SavedTraining } from "../../../src/engine/training/saved-training";
import { TrainingShelf } from "../../../src/engine/training/shelf";
import { readSafetensors } from "../../../src/files/safetensors";
import { openStore } from "../../../src/files/store";
import { createNodeBackend } from "../../../src/runtime/node";
import { loadCheckpoint } from "../../../src/stages/model/checkpoint";
import { settingsRecipe } from "../../../src/engine/training/settings-recipe";
import { initialVitWeights } from "../../../src/training/vit-weights";
import { tinyTraining } from "../../support/tiny-training";

const point = { epoch: 1, loss: 2.25, clean: 0.5, memorized: 0.25, groundTruth: 0.125, validation: 0.75 };

function saved(epochs: number, seed = 1): SavedTraining {
  const curve = Array.from({ length: epochs }, (_, i) => ({ ...point, epoch: i + 1 }));
  const tensors = initialVitWeights(settingsRecipe(tinyTraining).model, seed);
  return {
    settings: tinyTraining,
    bandsEvery: 2,
    bands: [],
    state: { tensors, phase: 0, epochInPhase: epochs, optimizerSteps: 8 * epochs, curve },
  };
}

const context = { signal: new AbortController().signal, onProgress: (): void => undefined };
const shelfOf = (store = openStore()) => new TrainingShelf(store);

describe("the shelf of trainings", () => {
  it("gives back what it stored, of two states the later", async () => {
    const store = openStore();
    const shelf = shelfOf(store);
    expect(await shelf.saved()).toBeUndefined();
    await shelf.save(saved(1));
    await shelf.save(saved(2, 2));
    expect(await shelfOf(store).saved()).toEqual(saved(2, 2));
    await shelf.save(saved(3, 3));
    expect(await shelf.saved()).toEqual(saved(3, 3));
  });

  it("falls back to the state before where the last one is cut short", async () => {
    const store = openStore();
    const shelf = shelfOf(store);
    await shelf.save(saved(1));
    await shelf.save(saved(2, 2));
    const key = (await (await store).entries()).map((entry) => entry.key);
    expect(key).toEqual(["training-state-0", "training-state-1"]);
    await (await store).put("training-state-0", (write) => write(new Uint8Array(40)));
    expect(await shelf.saved()).toEqual(saved(1));
    await shelf.forget();
    expect(await shelf.saved()).toBeUndefined();
  });

  it("remembers that a training was under way", async () => {
    const store = openStore();
    await shelfOf(store).mark(true);
    expect(await shelfOf(store).interrupted()).toBe(true);
    await shelfOf(store).mark(false);
    expect(await shelfOf(store).interrupted()).toBe(false);
  });

  it("keeps a network as a model that loads with its weights and its curve", async () => {
    const store = openStore();
    const kept = await shelfOf(store).keep(saved(2), "a test");
    expect(kept).toMatchObject({ id: "i512-n0.5-d0.3-l1-w8-m16-e4-s3-at2", point: { ...point, epoch: 2 } });
    expect(await shelfOf(store).list()).toEqual([kept]);
    const backend = createNodeBackend();
    const model = await loadCheckpoint(backend, await shelfOf(store).checkpoint(kept.id), context);
    expect(model.summary).toMatchObject({
      title: "Own training: 50 % noise, decay 0.3, 2 of 4 epochs",
      layers: 1,
      hiddenSize: 8,
    });
    expect(model.summary.training?.curve).toEqual(saved(2).state.curve);
    for (const [name, tensor] of saved(2).state.tensors) {
      const parameter = model.parameters.get(name);
      expect(parameter && (await backend.download(parameter)), name).toEqual(tensor.data);
    }
  });

  it("gives a kept model as a Hugging Face folder that says how it was trained", async () => {
    const shelf = shelfOf();
    const { id } = await shelf.keep(saved(2), "a test");
    const files = new Map((await shelf.folder(id)).map(({ name, bytes }) => [name, bytes]));
    expect([...files.keys()]).toEqual([
      "config.json",
      "preprocessor_config.json",
      "model.safetensors",
      "training.json",
    ]);
    const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(files.get(name)));
    expect(json("config.json")).toMatchObject({ model_type: "vit", hidden_size: 8, num_hidden_layers: 1 });
    expect(json("training.json")).toMatchObject({ backend: "a test", recipe: { batch: 64, seed: 3 } });
    expect(readTrainingRecord(json("training.json"))?.curve).toEqual(saved(2).state.curve);
    const { tensors } = readSafetensors(files.get("model.safetensors")!);
    expect(tensors.get("classifier.weight")?.data).toEqual(
      saved(2).state.tensors.get("classifier.weight")?.data,
    );
  });

  it("removes a model, and says of one it lacks how to get it", async () => {
    const shelf = shelfOf();
    const { id } = await shelf.keep(saved(4), "a test");
    await shelf.remove(id);
    expect(await shelf.list()).toEqual([]);
    await expect(shelf.checkpoint(id)).rejects.toMatchObject({
      message: "This browser keeps no model “Own training: 50 % noise, decay 0.3, 4 epochs”.",
      remedy: expect.stringContaining("Train it again") as string,
    });
    await expect(shelf.keep(saved(0), "a test")).rejects.toThrow("Nothing has been trained yet.");
  });
});
