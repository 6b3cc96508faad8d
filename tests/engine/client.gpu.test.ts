import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineEvent, ScanEvent } from "../../src/engine/api";
import { engine, EngineError } from "../../src/engine/client";
import { memorySource } from "../../src/files/byte-source";
import { openSafetensors } from "../../src/files/safetensors";
import { hashWeights } from "../../src/files/dropped";
import type { ImageRecipe } from "../../src/recipe/schema";
import { tinyFiles, tinyLinears, tinyRecipe, tinyVit, tinyWeights } from "../support/tiny-vit";
import { imageResult } from "../support/image-result";
import { told } from "../support/tiny-pipeline";

/** The client with its real worker: Comlink, onnxruntime and WebGPU as on the page. */

const [first = "", second = ""] = tinyLinears;
const workers: Worker[] = [];
const PlainWorker = Worker;
let recipe: ImageRecipe;

beforeAll(async () => {
  // Only watched: the last test breaks the worker, and all are stopped at the end.
  globalThis.Worker = class extends PlainWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers.push(this);
    }
  };
  // Also where the GPU is an emulated one, which the engine would leave aside.
  engine.choose("webgpu");
  const { sha256 } = await engine.adopt(tinyFiles());
  recipe = tinyRecipe(sha256);
});
afterAll(() => {
  globalThis.Worker = PlainWorker;
  for (const worker of workers) worker.terminate();
});

async function runAll(of: ImageRecipe): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  await engine.run(of, (event) => events.push(event)).finished;
  return events;
}

function withEnergy(energy: number): ImageRecipe {
  const edits = recipe.edits.map((edit) => (edit.method === "kfac" ? { ...edit, energy } : edit));
  return { ...recipe, edits };
}

function kept(events: readonly EngineEvent[]): number | undefined {
  return events
    .flatMap((event) => (event.kind === "edit" ? imageResult(event.result) : []))
    .find(({ edit }) => edit.method === "kfac")?.kept[0]?.kept;
}

async function failure(finished: Promise<unknown>): Promise<EngineError["failure"]> {
  const error: unknown = await finished.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof EngineError) return error.failure;
  throw new Error(`expected an EngineError, got ${String(error)}`);
}

// The first run compiles all shaders, which takes a busy machine without a GPU long.
describe("the engine in its worker", { timeout: 240_000 }, () => {
  it("computes with WebGPU", async () => {
    const report = await engine.probe();
    expect(report).toMatchObject({ backend: "webgpu", choice: "webgpu" });
    expect(report.webgpu.kind).not.toBe("none");
    expect(report.webgpu.description).not.toBe("");
    expect(report.crossOriginIsolated).toBe(crossOriginIsolated);
  });

  it("knows a dropped model by the hash of its weights", async () => {
    const [, weights] = tinyFiles();
    const { sha256, summary } = await engine.adopt(tinyFiles());
    expect(sha256).toBe(await hashWeights({ weightFiles: [weights!] }));
    expect(summary).toMatchObject({ title: "tiny-vit", layers: 1, hiddenSize: 16 });
    expect(summary.linears).toHaveLength(6);
    const refused = await failure(engine.adopt([new File(["{}"], "config.json")]));
    expect(refused.message).toContain("model.safetensors is missing");
    expect(refused.remedy).toContain("Drop the model's folder");
  });

  it("tells of a run in the documented order, the memory last", async () => {
    const events = await runAll(recipe);
    expect(told(events.filter(({ kind }) => kind !== "progress"))).toEqual(
      [
        ["data cached", "data", "data done"],
        ["model", "model done", "model"],
        ["evaluation", "evaluation done", "images", "edit 0"],
        ["factors", "factors done", "factors"],
        ["spectrum", "spectrum done", "factors", "spectrum"],
        ["edit", "edit 0", "edit 1", "edit 2", "edit done"],
        ["spectrum", "spectrum done", "bands", "memory"],
      ].flat(),
    );
    const counted = events.flatMap((event) => (event.kind === "progress" ? event.progress : []));
    expect(counted.filter(({ stage }) => stage === "factors").at(-1)).toMatchObject({
      done: 64,
      total: 64,
      unit: "images",
    });
  });

  it("after another energy computes the edit alone", async () => {
    const before = kept(await runAll(recipe))!;
    const events = await runAll(withEnergy(0.3));
    const fresh = events.flatMap((event) =>
      event.kind === "stage-started" && !event.cached ? event.stage : [],
    );
    expect(fresh).toEqual(["edit"]);
    expect(kept(events)).toBeLessThan(before);
  });

  it("stops within 200 ms, also in the middle of the factors, and then goes on", async () => {
    const long = { ...recipe, factors: { ...recipe.factors, images: 3000, seed: 2 } };
    let collected = 0;
    let cancelledAt = 0;
    const handle = engine.run(long, (event) => {
      if (event.kind !== "progress" || event.progress.stage !== "factors") return;
      if (event.progress.done >= 96 && cancelledAt === 0) {
        cancelledAt = performance.now();
        handle.cancel();
      }
      collected = event.progress.done;
    });
    const stopped = await failure(handle.finished);
    expect(performance.now() - cancelledAt).toBeLessThan(200);
    expect(stopped.cancelled).toBe(true);
    expect(collected).toBeLessThan(3000);
    const heard = collected;

    let resumedAt: number | undefined;
    const shorter = { ...long, factors: { ...long.factors, images: heard + 200 } };
    await engine.run(shorter, (event) => {
      if (event.kind === "progress" && event.progress.stage === "factors") resumedAt ??= event.progress.done;
    }).finished;
    expect(collected).toBe(heard);
    expect(resumedAt).toBeGreaterThan(heard);
  });

  it("of waiting runs starts only the last", async () => {
    const heard = new Set<string>();
    let dropped: Promise<EngineError["failure"]> | undefined;
    let last: Promise<void> | undefined;
    const start = (energy: number): Promise<void> =>
      engine.run(withEnergy(energy), () => heard.add(String(energy))).finished;
    const under = engine.run(withEnergy(0.5), () => {
      heard.add("first");
      dropped ??= failure(start(0.6));
      last ??= start(0.7);
    });
    await under.finished;
    await last;
    expect(await dropped).toMatchObject({ cancelled: true, message: "Stopped before it began." });
    expect([...heard]).toEqual(["first", "0.7"]);
  });

  it("scans linears row by row, and lets a run go before the next row", async () => {
    await runAll(recipe);
    const order: string[] = [];
    let run: Promise<EngineEvent[]> | undefined;
    const rows: Extract<ScanEvent, { kind: "row" }>[] = [];
    const spec = { linears: [first, second], energies: [0.5, 0.9], keeps: [0.1, 0.5] };
    const scan = engine.scan(recipe, spec, (event) => {
      if (event.kind !== "row") return;
      rows.push(event);
      order.push("row");
      // The slider moves while the scan is under way.
      run ??= runAll(withEnergy(0.45)).finally(() => order.push("run"));
    });
    await scan.finished;
    const events = await run!;
    expect(rows.map(({ edit }) => edit.method)).toEqual([
      "kfac",
      "kfac",
      "svd",
      "svd",
      "kfac",
      "kfac",
      "svd",
      "svd",
    ]);
    expect(order.indexOf("run")).toBeLessThan(order.lastIndexOf("row"));
    expect(kept(events)).toBeGreaterThan(0);
    // The recipe's own edit of the same kind gives the same numbers.
    const same = { ...recipe, edits: [recipe.edits[0]!, rows[1]!.edit] };
    const [, own] = (await runAll(same))
      .flatMap((event) => (event.kind === "edit" ? imageResult(event.result) : []))
      .slice(-2);
    expect(own!.metrics).toEqual(rows[1]!.metrics);
  });

  it("exports an edited model that is the original but for the edited weights, and takes it back", async () => {
    await runAll(recipe);
    const svd = recipe.edits[2]!;
    const files = await engine.exportModel(recipe, svd);
    expect(files.map(({ name }) => name)).toEqual(["config.json", "model.safetensors"]);
    const bytes = Uint8Array.from(files[1]!.bytes);
    const exported = await openSafetensors(memorySource("exported", bytes));
    const original = await openSafetensors(memorySource("original", tinyWeights()));
    expect([...exported.tensors.keys()].sort()).toEqual([...original.tensors.keys()].sort());
    const changed: string[] = [];
    for (const name of original.tensors.keys()) {
      const [before, after] = [await original.float32(name), await exported.float32(name)];
      if (before.data.some((value, i) => value !== after.data[i])) changed.push(name);
    }
    expect(changed).toEqual([first]);

    const adopted = await engine.adopt(
      files.map(({ name, bytes: b }) => new File([Uint8Array.from(b)], name)),
    );
    expect(adopted.summary).toMatchObject({ title: "tiny-vit", hiddenSize: 16 });
    // What was cut out once leaves nothing more to cut: the unedited export predicts as the edit did.
    const results = async (of: ImageRecipe) =>
      (await runAll(of))
        .flatMap((event) => (event.kind === "edit" ? imageResult(event.result) : []))
        .slice(-3);
    const [, , edited] = await results(recipe);
    const [unedited] = await results({ ...recipe, model: { kind: "dropped", sha256: adopted.sha256 } });
    expect(unedited!.predictions.labels).toEqual(edited!.predictions.labels);
  });

  it("draws images while it computes", async () => {
    const run = runAll({ ...recipe, factors: { ...recipe.factors, seed: 3 } });
    const images = await engine.images(recipe, [0, 7], 8);
    expect(images).toHaveLength(2 * 4 * 8 * 8);
    expect(images.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
    expect(new Set(images).size).toBeGreaterThan(5);
    await run;
  });

  it("says what is wrong with a recipe, and runs the next one", async () => {
    const missing = await failure(
      engine.run({ ...recipe, model: { kind: "dropped", sha256: "0".repeat(64) } }, () => undefined).finished,
    );
    expect(missing).toMatchObject({ stage: "model", cancelled: false });
    expect(missing.remedy).toContain("Drop its folder again");
    const [, kfac] = recipe.edits;
    const wrong = await failure(engine.run({ ...recipe, edits: [kfac!] }, () => undefined).finished);
    expect(wrong.message).toContain("edits[0]");
    expect(kept(await runAll(recipe))).toBeGreaterThan(0);
  });

  it("holds no more GPU memory after other data, factors and models than before", async () => {
    const bytes = async (of: ImageRecipe): Promise<number> => {
      const last = (await runAll(of)).at(-1)!;
      return last.kind === "memory" ? last.gpuBytes : Number.NaN;
    };
    const { sha256 } = await engine.adopt(tinyFiles(2));
    const factors = { ...recipe.factors, linears: [first] };
    const before = await bytes({ ...recipe, factors, data: { ...recipe.data, seed: 9 } });
    await bytes({ ...recipe, factors: { ...factors, images: 96 } });
    await bytes({ ...recipe, factors, model: { kind: "dropped", sha256 } });
    await bytes({ ...recipe, factors, evaluation: { ...recipe.evaluation, clean: 10 } });
    expect(await bytes({ ...recipe, factors, data: { ...recipe.data, seed: 9 } })).toBe(before);
    expect(before).toBeGreaterThan(4 * tinyVit.hiddenSize ** 2);
  });

  it("is started anew after the worker broke, with the dropped models", async () => {
    const broken = engine.run(recipe, (event) => {
      // An argument of an unknown kind: an exception in the worker that nothing catches.
      if (event.kind === "model")
        workers.at(-1)!.postMessage({ type: "APPLY", argumentList: [{ type: "HANDLER" }] });
    });
    const before = workers.length;
    const { message, remedy, cancelled } = await failure(broken.finished);
    expect(message).toMatch(/^The engine stopped: .+/);
    expect([remedy, cancelled]).toEqual(["Run again: the engine is started anew.", false]);

    const heard: EngineEvent[] = [];
    const again = engine.run(recipe, (event) => {
      heard.push(event);
      if (event.kind === "model") again.cancel();
    });
    expect((await failure(again.finished)).cancelled).toBe(true);
    expect(heard.find(({ kind }) => kind === "model")).toMatchObject({ summary: { title: "tiny-vit" } });
    expect(workers.length).toBe(before + 1);
  });
});
