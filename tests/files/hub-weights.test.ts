import { describe, expect, it } from "vitest";
import type { Hub, HubListing } from "../../src/files/hub";
import { openHubWeights } from "../../src/files/hub-weights";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import { float32 } from "../../src/tensor/host-tensor";
import { serve } from "./file-server";
import { errorOf, hubOf, server } from "./hub-on-server";

describe("the weights of a hub folder", () => {
  const listing = { repository: "owner/tiny-lm", revision: "0123456789abcdef" };
  const part = (tensor: string, value: number): Uint8Array =>
    writeSafetensors(new Map([[tensor, float32([1], [value])]]));

  /** Serves these files and lists them. */
  async function folderOf(files: Record<string, Uint8Array>): Promise<{ hub: Hub; listing: HubListing }> {
    const hub = await hubOf((request, response) => {
      const name = request.url!.split("/").at(-1)!;
      const content = files[name];
      if (content === undefined) response.writeHead(404).end();
      else serve(content)(request, response);
    });
    const facts = Object.entries(files).map(
      ([name, content]) => [name, { size: content.byteLength, sha256: undefined }] as const,
    );
    return { hub, listing: { ...listing, files: new Map(facts) } };
  }
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

  it("are read from one file by range", async () => {
    const { hub, listing } = await folderOf({ "model.safetensors": part("w", 4) });
    const weights = await openHubWeights(hub, listing);
    expect([...(await weights.float32("w")).data]).toEqual([4]);
    expect(server!.requests).toHaveLength(3);
  });

  it("are read from several files as one, each tensor from its own", async () => {
    const { hub, listing } = await folderOf({
      "model-00001-of-00002.safetensors": part("a", 1),
      "model-00002-of-00002.safetensors": part("b", 2),
      "model.safetensors.index.json": json({
        weight_map: { a: "model-00001-of-00002.safetensors", b: "model-00002-of-00002.safetensors" },
      }),
    });
    const weights = await openHubWeights(hub, listing);
    const before = server!.requests.length;
    expect([...(await weights.float32("b")).data]).toEqual([2]);
    expect(server!.requests.slice(before)).toEqual([
      expect.stringContaining("model-00002-of-00002.safetensors"),
    ]);
  });

  it("are missed by name when there are none, or when one of several is not there", async () => {
    const none = await folderOf({ "pytorch_model.bin": new Uint8Array(4) });
    const error = await errorOf(openHubWeights(none.hub, none.listing));
    expect(error.code).toBe("not-found");
    expect(error.fault).toBe("owner/tiny-lm has no model.safetensors; its weights are in pytorch_model.bin.");
    const { hub, listing } = await folderOf({
      "model.safetensors.index.json": json({ weight_map: { a: "model-00001-of-00002.safetensors" } }),
    });
    expect((await errorOf(openHubWeights(hub, listing))).fault).toContain(
      "has no model-00001-of-00002.safetensors",
    );
  });
});
