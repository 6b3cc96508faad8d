import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hubCheckpoint } from "../../src/engine/hub-model";
import { memorySource } from "../../src/files/byte-source";
import { openSafetensors } from "../../src/files/safetensors";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import { openStore, StoreError, type Store } from "../../src/files/store";
import { createNodeBackend } from "../../src/runtime/node";
import { loadVit } from "../../src/stages/model/checkpoint";
import type { Notice } from "../../src/stages/progress";
import { vitConfigJson } from "../../src/stages/model/vit-config";
import { serve } from "../files/file-server";
import { hubOf, server } from "../files/hub-on-server";
import { tinyVit, tinyWeights } from "../support/tiny-vit";

const spec = { kind: "hub", repository: "owner/tiny-vit", revision: "main" } as const;
const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** A hub with this one model; with `damage` it sends other weights than it lists. */
function hubWith(files: Record<string, Uint8Array>, damage = false) {
  const tree = Object.entries(files).map(([path, content]) => {
    const oid = createHash("sha256").update(content).digest("hex");
    return { type: "file", path, size: content.byteLength, lfs: { oid } };
  });
  return hubOf((request, response) => {
    const path = new URL(request.url!, "http://localhost").pathname;
    const name = path.split("/").at(-1)!;
    const file = files[name];
    if (path.includes("/revision/")) response.end(JSON.stringify({ sha: "abc123" }));
    else if (path.includes("/tree/")) response.end(JSON.stringify(tree));
    else if (file === undefined) response.writeHead(404).end();
    else
      serve(damage && name.endsWith(".safetensors") ? file.map((byte) => byte ^ 1) : file)(request, response);
  });
}

function contextOf() {
  const notices: Notice[] = [];
  const units = new Set<string>();
  return {
    notices,
    units,
    signal: new AbortController().signal,
    onProgress: (_done: number, _total: number, unit: string) => void units.add(unit),
    onNotice: (notice: Notice) => void notices.push(notice),
  };
}

const config = text(vitConfigJson(tinyVit));
const folder = { "config.json": config, "model.safetensors": tinyWeights(4) };

async function inTwo(): Promise<Record<string, Uint8Array>> {
  const whole = await openSafetensors(memorySource("w", tinyWeights(4)));
  const names = [...whole.tensors.keys()];
  const cut = [names.slice(0, 9), names.slice(9)];
  const file = (i: number): string => `model-0000${String(i + 1)}-of-00002.safetensors`;
  const parts = await Promise.all(
    cut.map(async (chosen, i) => {
      const tensors = chosen.map(async (name) => [name, await whole.float32(name)] as const);
      return [file(i), writeSafetensors(new Map(await Promise.all(tensors)))] as const;
    }),
  );
  const weight_map = Object.fromEntries(cut.flatMap((chosen, i) => chosen.map((name) => [name, file(i)])));
  const index = text({ weight_map });
  return { "config.json": config, "model.safetensors.index.json": index, ...Object.fromEntries(parts) };
}

/** A store on a full disk. */
async function fullStore(): Promise<Store> {
  const store = await openStore();
  const fault = "The browser's storage is full: it did not fit.";
  return {
    ...store,
    get: (key) => store.get(key),
    put: () => Promise.reject(new StoreError("full", fault, "Delete stored models.")),
  };
}

describe("a model of the hub", () => {
  it("is loaded once: the next time its weights come from the store", async () => {
    const hub = await hubWith(folder);
    const store = await openStore();
    const context = contextOf();
    const first = await hubCheckpoint(hub, store, spec, context);
    expect(first.title).toBe("owner/tiny-vit");
    expect(context.units).toEqual(new Set(["MB"]));
    const model = await loadVit(createNodeBackend(), first, context);
    expect(model.summary.parameters).toBeGreaterThan(1000);
    const before = server!.requests.length;
    const second = await hubCheckpoint(hub, store, spec, context);
    await loadVit(createNodeBackend(), second, context);
    expect(server!.requests.slice(before).filter((line) => line.includes("safetensors"))).toEqual([]);
    expect(context.notices).toEqual([]);
  });

  it("may be cut into several files, which are all stored", async () => {
    const hub = await hubWith(await inTwo());
    const store = await openStore();
    const context = contextOf();
    const checkpoint = await hubCheckpoint(hub, store, spec, context);
    await loadVit(createNodeBackend(), checkpoint, context);
    expect((await store.entries()).length).toBe(2);
    expect([...context.units]).toContain("MB of model-00002-of-00002.safetensors");
  });

  it("is read by range where the store is full, and says so", async () => {
    const hub = await hubWith(folder);
    const context = contextOf();
    const checkpoint = await hubCheckpoint(hub, await fullStore(), spec, context);
    expect(context.notices).toEqual([
      {
        message:
          "The browser's storage is full: it did not fit. model.safetensors is read from the hub each time instead.",
        remedy: "Delete stored models.",
      },
    ]);
    const name = "classifier.weight";
    const kept = await openSafetensors(memorySource("w", tinyWeights(4)));
    expect((await checkpoint.weights.float32(name)).data).toEqual((await kept.float32(name)).data);
  });

  it("that arrives damaged fails, and is not taken from elsewhere", async () => {
    const hub = await hubWith(folder, true);
    const store = await openStore();
    const loading = hubCheckpoint(hub, store, spec, contextOf());
    await expect(loading).rejects.toMatchObject({ name: "HubError", code: "corrupt" });
    expect(await store.entries()).toEqual([]);
  });
});
