import { afterEach, describe, expect, it, vi } from "vitest";
import type { EngineEvent, ImageEditResult } from "../../../src/engine/api";
import { MaskShelf } from "../../../src/engine/masks/mask-shelf";
import type { Pipeline } from "../../../src/engine/pipeline";
import { openStore, StoreError, type Store } from "../../../src/files/store";
import type { ImageRecipe } from "../../../src/recipe/schema";
import { createNodeBackend } from "../../../src/runtime/node";
import { imageResult } from "../../support/image-result";
import { recipeOfSeed, runAll, tinyPipeline } from "../../support/tiny-pipeline";
import { tinySubnet as subnet } from "../../support/tiny-subnet";

/** Masks over a reload: a second pipeline finds what a first one has kept, and nothing else of it. */

const recipe: ImageRecipe = { ...recipeOfSeed(1), edits: [{ method: "none" }, subnet] };

const pipelineOn = (store: Promise<Store>, weightsSeed?: number) =>
  tinyPipeline(createNodeBackend(), {
    masks: new MaskShelf(store),
    ...(weightsSeed !== undefined && { weightsSeed }),
  });

function learnedOf(
  events: readonly EngineEvent[],
): Pick<ImageEditResult, "training" | "predictions" | "kept"> {
  const found = events.findLast((event) => event.kind === "edit" && event.result.position === 1);
  if (found?.kind !== "edit") throw new Error("no edit");
  const { training, predictions, kept } = imageResult(found.result);
  return { training: training!, predictions, kept };
}

const fromOf = (events: readonly EngineEvent[]) =>
  events.flatMap((event) => (event.kind === "subnet" ? [event.from] : []))[0];

/** Runs until so many steps are done, and stops it. */
async function stopAfter(lab: Pipeline, steps: number): Promise<void> {
  const controller = new AbortController();
  const stopped = lab.run(recipe, controller.signal, (event) => {
    if (event.kind === "progress" && event.progress.unit === "steps" && event.progress.done >= steps)
      controller.abort(new DOMException("stopped", "AbortError"));
  });
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
}

/** Time goes faster, so that steps are told and kept one by one. */
function hurry(): void {
  const clock = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => 1e4 * clock());
}

afterEach(() => vi.restoreAllMocks());

const whole = runAll(tinyPipeline(createNodeBackend()), recipe).then(learnedOf);

describe("a mask whose page is reloaded", () => {
  it("goes on from where it was stopped to the same end, bit for bit", async () => {
    hurry();
    const store = openStore();
    await stopAfter(pipelineOn(store), 5);
    expect(await new MaskShelf(store).list()).toMatchObject({ whole: 0, half: 1 });
    const events = await runAll(pipelineOn(store), recipe);
    expect(fromOf(events)).toBe(5);
    expect(learnedOf(events)).toEqual(await whole);
    expect(await new MaskShelf(store).list()).toMatchObject({ whole: 1, half: 0 });
  });

  it("goes on from what was kept in passing where it was not stopped first", async () => {
    hurry();
    const store = openStore();
    const after = openStore();
    let copied: Promise<unknown> | undefined;
    await pipelineOn(store).run(recipe, new AbortController().signal, (event) => {
      if (event.kind !== "progress" || event.progress.unit !== "steps" || event.progress.done !== 8) return;
      copied = (async () => {
        for (const { key } of await (await store).entries()) {
          const content = new Uint8Array(await (await (await store).get(key))!.arrayBuffer());
          await (await after).put(key, (write) => write(content));
        }
      })();
    });
    await copied;
    const events = await runAll(pipelineOn(after), recipe);
    expect(fromOf(events)).toBeGreaterThanOrEqual(6);
    expect(fromOf(events)).toBeLessThanOrEqual(8);
    expect(learnedOf(events)).toEqual(await whole);
  });

  it("is not learned again once it is done", async () => {
    const store = openStore();
    await runAll(pipelineOn(store), recipe);
    const events = await runAll(pipelineOn(store), recipe);
    expect(events.filter(({ kind }) => kind === "subnet")).toEqual([]);
    expect(learnedOf(events)).toEqual(await whole);
  });

  it.each<[string, ImageRecipe, number | undefined]>([
    ["edit", { ...recipe, edits: [{ method: "none" }, { ...subnet, rate: 0.2 }] }, undefined],
    ["data", { ...recipe, data: { ...recipe.data, seed: 6 } }, undefined],
    ["weights under the same name", recipe, 2],
  ])("is learned anew for another %s", async (_, other, weightsSeed) => {
    const store = openStore();
    await runAll(pipelineOn(store), recipe);
    const events = await runAll(pipelineOn(store, weightsSeed), other);
    const [first] = events.flatMap((event) => (event.kind === "subnet" ? [event.training.curve.length] : []));
    expect(first).toBe(0);
    expect(fromOf(events)).toBeUndefined();
    expect(learnedOf(events).training!.curve).not.toEqual((await whole).training!.curve);
  });

  it("is learned anew where what was kept is broken, and nothing is said of it", async () => {
    const store = openStore();
    await stopAfter(pipelineOn(store), 3);
    const [entry] = await (await store).entries();
    await (await store).put(entry!.key, (write) => write(new Uint8Array(60).fill(7)));
    const events = await runAll(pipelineOn(store), recipe);
    expect(fromOf(events)).toBeUndefined();
    expect(events.filter(({ kind }) => kind === "notice")).toEqual([]);
    expect(learnedOf(events)).toEqual(await whole);
  });

  it("is learned to its end where the store takes nothing, which is said once", async () => {
    hurry();
    const refusing: Store = {
      ...(await openStore()),
      kind: "disk",
      get: () => Promise.resolve(undefined),
      entries: () => Promise.resolve([]),
      put: () => Promise.reject(new StoreError("full", "The browser's storage is full.", "Delete models.")),
    };
    const events = await runAll(pipelineOn(Promise.resolve(refusing)), recipe);
    const notices = events.flatMap((event) => (event.kind === "notice" ? [event.notice] : []));
    expect(notices).toEqual([
      {
        message: expect.stringMatching(/storage is full.*a reload begins the mask anew/) as string,
        remedy: "Delete models.",
      },
    ]);
    expect(learnedOf(events)).toEqual(await whole);
  });

  it("that is larger than all that is kept is learned without being kept, which is said", async () => {
    const store = openStore();
    const masks = new MaskShelf(store, { bytes: 1000, masks: 9 });
    const events = await runAll(tinyPipeline(createNodeBackend(), { masks }), recipe);
    const notices = events.flatMap((event) => (event.kind === "notice" ? [event.notice.message] : []));
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("too large");
    expect(await (await store).entries()).toEqual([]);
  });

  it("draws a random mask anew: it is kept nowhere", async () => {
    const store = openStore();
    await runAll(pipelineOn(store), { ...recipe, edits: [{ ...subnet, epochs: 0 }] });
    expect(await (await store).entries()).toEqual([]);
  });
});
