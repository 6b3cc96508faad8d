import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { createHub, type Hub } from "../../src/files/hub";
import { openStore } from "../../src/files/store";
import { hubKey, storedHubFile } from "../../src/files/stored-file";
import { serve, startServer, type FileServer } from "./file-server";
import { itKeepsContent } from "./store-claims";

describe("a store without a file system", () => {
  itKeepsContent(() => openStore());

  it("says that it is in memory", async () => {
    expect((await openStore()).kind).toBe("memory");
  });
});

describe("a hub file kept in a store", () => {
  const folder = { repository: "owner/tiny-vit", revision: "0123456789abcdef" };
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i & 255);
  const facts = { size: 5000, sha256: createHash("sha256").update(bytes).digest("hex") };
  let server: FileServer;
  afterEach(() => server.close());

  async function hubOf(content: Uint8Array): Promise<Hub> {
    server = await startServer(serve(content));
    return createHub({ base: server.base, attempts: 1, pauseMilliseconds: 1 });
  }

  it("is loaded once, then read from the store", async () => {
    const hub = await hubOf(bytes);
    const store = await openStore();
    for (let time = 0; time < 2; time++) {
      const source = await storedHubFile(hub, store, folder, "model.safetensors", { facts });
      expect(await source.read(10, 13)).toEqual(bytes.slice(10, 13));
      expect(source.size).toBe(5000);
      expect(source.name).toBe("model.safetensors of owner/tiny-vit");
    }
    expect(server.requests).toHaveLength(1);
    expect(await store.entries()).toEqual([{ key: `sha256-${facts.sha256}`, bytes: 5000 }]);
  });

  it("is not kept when its hash is wrong, and is loaded anew the next time", async () => {
    const damaged = bytes.slice();
    damaged[77]! ^= 4;
    const hub = await hubOf(damaged);
    const store = await openStore();
    for (let time = 1; time <= 2; time++) {
      await expect(storedHubFile(hub, store, folder, "model.safetensors", { facts })).rejects.toThrow(
        "SHA-256",
      );
      expect(server.requests).toHaveLength(time);
    }
    expect(await store.entries()).toEqual([]);
  });

  it("has another key for every file and revision whose hash the hub does not tell", async () => {
    const hub = await hubOf(bytes);
    const other = { ...folder, revision: "fedcba9876543210" };
    const keys = [
      hubKey(hub, folder, "config.json", undefined),
      hubKey(hub, folder, "preprocessor_config.json", undefined),
      hubKey(hub, other, "config.json", undefined),
    ];
    expect(new Set(keys).size).toBe(3);
    expect(hubKey(hub, folder, "a", facts)).toBe(hubKey(hub, other, "b", facts));
  });
});
