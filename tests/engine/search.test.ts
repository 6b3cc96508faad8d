import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScanRow, SearchEvent } from "../../src/engine/api";
import { search } from "../../src/engine/search";
import { searchKey, SearchedRows } from "../../src/engine/searched-rows";
import type { Pipeline } from "../../src/engine/pipeline";
import { openStore, type Store } from "../../src/files/store";
import type { ImageRecipe } from "../../src/recipe/schema";
import { createNodeBackend } from "../../src/runtime/node";
import type { EditSpec } from "../../src/stages/edit/types";
import { recipeOfSeed, tinyPipeline } from "../support/tiny-pipeline";
import { tinyLinears } from "../support/tiny-vit";

const recipe = recipeOfSeed(1);
const [first = "", second = ""] = tinyLinears;
const edits: EditSpec[] = [[first], [second], [first, second]].flatMap((linears): EditSpec[] => [
  { method: "kfac", linears, energy: 0.6, selection: "pairs" },
  { method: "kfac", linears, energy: 0.9, selection: "pairs" },
  { method: "svd", linears, keep: 0.25 },
]);

let lab: Pipeline;
let store: Store;
beforeAll(async () => {
  lab = tinyPipeline(createNodeBackend());
  store = await openStore();
});
afterAll(() => lab.release());

async function run(
  of: ImageRecipe,
  wanted: readonly EditSpec[],
  stopAfter = Infinity,
): Promise<{ events: SearchEvent[]; rows: ScanRow[]; stopped: boolean }> {
  const controller = new AbortController();
  const events: SearchEvent[] = [];
  const rows: ScanRow[] = [];
  const kept = await SearchedRows.open(store, searchKey(of, "node"));
  const searching = search(lab, of, wanted, kept, {
    signal: controller.signal,
    turn: (work) => work(),
    emit: (event) => {
      events.push(event);
      if (event.kind === "rows") rows.push(...event.rows);
      if (rows.length >= stopAfter) controller.abort(new DOMException("stopped", "AbortError"));
    },
  });
  const stopped = await searching.then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof DOMException)) throw error;
      return error.name === "AbortError";
    },
  );
  return { events, rows, stopped };
}

describe("a search", { timeout: 120_000 }, () => {
  it("stopped and begun again evaluates every edit once, and gives what each edit gives alone", async () => {
    const before = await run(recipe, edits, 4);
    expect([before.stopped, before.rows.length]).toEqual([true, 4]);

    const after = await run(recipe, edits);
    expect(after.stopped).toBe(false);
    expect(after.rows.map(({ edit }) => edit)).toEqual(edits);
    expect(after.rows.slice(0, 4)).toEqual(before.rows);
    // The page tells edits apart by their text: it must be the one of the edit that was asked for.
    const text = (rows: readonly ScanRow[]): string[] => rows.map(({ edit }) => JSON.stringify(edit));
    expect(text(after.rows)).toEqual(edits.map((edit) => JSON.stringify(edit)));
    expect(text((await SearchedRows.open(store, searchKey(recipe, "node"))).rows)).toEqual(text(after.rows));
    expect(after.events.find(({ kind }) => kind === "rows")).toEqual({ kind: "rows", rows: before.rows });
    const last = after.events.filter((event) => event.kind === "progress").at(-1);
    expect(last?.progress).toMatchObject({ unit: "edits", done: edits.length, total: edits.length });

    const searched = { ...recipe, factors: { ...recipe.factors, linears: [first, second] } };
    const context = { signal: new AbortController().signal, onProgress: () => undefined };
    for (const row of after.rows) {
      const { metrics } = await lab.evaluate(searched, row.edit, context);
      expect(row.metrics).toEqual(metrics);
    }
  });

  it("finds what another search of the same recipe has evaluated, and nothing of another recipe", async () => {
    const again = await run(recipe, [edits[8]!, edits[0]!]);
    expect(again.events.filter(({ kind }) => kind === "rows")).toHaveLength(1);
    expect(again.rows.map(({ edit }) => edit)).toEqual([edits[8], edits[0]]);
    const other = { ...recipe, evaluation: { ...recipe.evaluation, validation: 19 } };
    expect(searchKey(other, "node")).not.toBe(searchKey(recipe, "node"));
    expect((await SearchedRows.open(store, searchKey(other, "node"))).rows).toEqual([]);
  });

  it("has one key whatever is edited and whichever linears have factors", () => {
    const same = { ...recipe, title: "x", edits: [], factors: { ...recipe.factors, linears: [second] } };
    expect(searchKey(same, "node")).toBe(searchKey(recipe, "node"));
    for (const changed of [
      { ...recipe, data: { ...recipe.data, seed: 6 } },
      { ...recipe, factors: { ...recipe.factors, images: 65 } },
      { ...recipe, model: { kind: "dropped", sha256: "2" } } as ImageRecipe,
    ])
      expect(searchKey(changed, "node")).not.toBe(searchKey(recipe, "node"));
    expect(searchKey(recipe, "webgpu")).not.toBe(searchKey(recipe, "node"));
  });

  it("drops what a model of the same name but of other weights has given", async () => {
    const key = searchKey(recipe, "node");
    const kept = await SearchedRows.open(store, key);
    const { metrics } = kept.rows[0]!;
    expect(kept.belongTo({ ...metrics, validation: -1 })).toBe(false);
    expect(kept.rows).toEqual([]);
  });
});

describe("kept rows", () => {
  const metrics = { planted: { strict: 0.5, levenshtein: undefined }, heldOut: { strict: NaN } };
  const row = { edit: { method: "none" }, metrics } as unknown as ScanRow;

  it("come back as they were, with what is not known and what is of nothing", async () => {
    const rows = await SearchedRows.open(store, "search-text");
    rows.belongTo(row.metrics);
    await rows.add(row);
    await rows.flush();
    const read = await SearchedRows.open(store, "search-text");
    expect(read.rows).toEqual([row]);
    expect(read.belongTo(row.metrics)).toBe(true);
    await read.forget();
    expect((await SearchedRows.open(store, "search-text")).rows).toEqual([]);
  });

  it.each(["", "{", "null", "[]", '{"rows":[]}', '{"unedited":{},"rows":[1,null,{"edit":1}]}'])(
    "that are damaged, as %j, are as good as none",
    async (content) => {
      await store.put("search-damaged", (write) => write(new TextEncoder().encode(content)));
      expect((await SearchedRows.open(store, "search-damaged")).rows).toEqual([]);
    },
  );
});
