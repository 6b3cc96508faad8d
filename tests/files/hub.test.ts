import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createHub } from "../../src/files/hub";
import { openSafetensors } from "../../src/files/safetensors";
import { partial, rangeOf, serve, type Answer } from "./file-server";
import { bytes, errorOf, expectBytes, folder, hubOf, server, sha256 } from "./hub-on-server";

describe("a file", () => {
  it("is asked for under the hub's address, with revision and path encoded", async () => {
    const hub = await hubOf(serve(bytes));
    await hub.load({ repository: "owner/tiny-vit", revision: "refs/pr/1" }, "onnx/model 1.onnx");
    expect(server!.requests).toEqual([
      "GET /owner/tiny-vit/resolve/refs%2Fpr%2F1/onnx/model%201.onnx bytes=0-",
    ]);
    expect(createHub().url(folder, "config.json")).toBe(
      "https://huggingface.co/owner/tiny-vit/resolve/main/config.json",
    );
  });

  it("arrives whole, telling its progress", async () => {
    const hub = await hubOf(serve(bytes));
    const progress: [number, number | undefined][] = [];
    const loaded = await hub.load(folder, "model.safetensors", {
      facts: { size: bytes.byteLength, sha256 },
      onProgress: (done, total) => progress.push([done, total]),
    });
    expectBytes(loaded);
    expect(progress.at(-1)).toEqual([300_000, 300_000]);
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).sort((a, b) => a - b));
  });

  it("arrives whole from a server that knows no ranges and tells no size", async () => {
    const hub = await hubOf((_request, response) => {
      response.writeHead(200);
      response.write(bytes.subarray(0, 1000));
      response.end(bytes.subarray(1000));
    });
    expectBytes(await hub.load(folder, "model.safetensors"));
  });

  it("may be empty", async () => {
    const hub = await hubOf(serve(new Uint8Array()));
    expect(await hub.load(folder, "merges.txt")).toEqual(new Uint8Array());
  });
});

describe("a wrong answer", () => {
  it.each([
    [401, "gated", "private, needs an agreement, or there is none of this name"],
    [403, "gated", "without signing in"],
    [404, "not-found", "has no config.json of owner/tiny-vit"],
    [400, "server", "answered 400"],
  ])("of status %i fails at once with a way out", async (status, code, fault) => {
    const hub = await hubOf((_request, response) => response.writeHead(status).end("no"));
    const error = await errorOf(hub.json(folder, "config.json"));
    expect(error.code).toBe(code);
    expect(error.fault).toContain(fault);
    expect(error.remedy).not.toBe("");
    expect(server!.requests).toHaveLength(1);
  });

  it("is named when a web page comes instead of weights", async () => {
    const hub = await hubOf((_request, response) =>
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end("<!doctype html>"),
    );
    const error = await errorOf(hub.load(folder, "model.safetensors"));
    expect(error.code).toBe("html");
    expect(error.message).toContain("a web page instead of model.safetensors");
  });

  it("is named when a web page comes as JSON, or JSON is damaged", async () => {
    const page = await hubOf((_request, response) => response.writeHead(200).end("\n<html></html>"));
    expect((await errorOf(page.json(folder, "config.json"))).code).toBe("html");
    await server!.close();
    const damaged = await hubOf((_request, response) => response.writeHead(200).end('{"hidden_size": 19'));
    expect((await errorOf(damaged.json(folder, "config.json"))).code).toBe("not-json");
  });

  it("is refused when the size is not the one announced", async () => {
    const hub = await hubOf(serve(bytes));
    const facts = { size: bytes.byteLength + 1, sha256: undefined };
    const error = await errorOf(hub.load(folder, "model.safetensors", { facts }));
    expect(error.code).toBe("changed");
    expect(error.fault).toContain("300000 bytes instead of 300001");
  });

  it("is refused when a complete answer is longer than announced", async () => {
    const hub = await hubOf((_request, response) => {
      response.writeHead(200);
      response.write(bytes.subarray(0, 1000), () => setTimeout(() => response.end(bytes.subarray(1000)), 20));
    });
    const facts = { size: 1000, sha256: undefined };
    expect((await errorOf(hub.load(folder, "model.safetensors", { facts }))).code).toBe("changed");
  });

  it("is refused when one bit differs", async () => {
    const damaged = bytes.slice();
    damaged[123_456]! ^= 1;
    const hub = await hubOf(serve(damaged));
    const error = await errorOf(
      hub.load(folder, "model.safetensors", { facts: { size: bytes.byteLength, sha256 } }),
    );
    expect(error.code).toBe("corrupt");
  });

  it("is refused when the file is replaced between two pieces", async () => {
    let requests = 0;
    const hub = await hubOf((request, response) => {
      const { start, end } = rangeOf(request, bytes.byteLength);
      response.setHeader("ETag", `"version-${String(requests++)}"`);
      partial(response, start, end, bytes.byteLength);
      response.write(bytes.subarray(start, start + 70_000), () => response.destroy());
    });
    const error = await errorOf(hub.load(folder, "model.safetensors"));
    expect(error.code).toBe("changed");
    expect(error.fault).toContain("replaced while loading");
  });

  it.each([
    "tiny-vit",
    "owner/",
    "../etc/passwd",
    "owner/model/tree",
    "https://huggingface.co/owner/model",
    "a b/c",
  ])("cannot come of the name %s", async (repository) => {
    const hub = await hubOf(serve(bytes));
    expect(() => hub.url({ repository, revision: "main" }, "config.json")).toThrow("is no name of a model");
    expect((await errorOf(hub.listing(repository, "main"))).code).toBe("bad-name");
    expect(server!.requests).toEqual([]);
  });
});

describe("reading tensors by range", () => {
  it("loads the header and the tensor asked for, nothing else", async () => {
    const file = new Uint8Array(readFileSync("tests/fixtures/safetensors/dtypes.safetensors"));
    const hub = await hubOf(serve(file));
    const source = hub.source(folder, "model.safetensors", { size: file.byteLength, sha256: undefined });
    const opened = await openSafetensors(source);
    expect((await opened.float32("F16")).data[1]).toBe(-1.5);
    const { start, end } = opened.entry("F16");
    expect(server!.requests.map((request) => request.split(" ")[2])).toEqual([
      "bytes=0-7",
      expect.stringMatching(/^bytes=8-\d+$/),
      `bytes=${String(start)}-${String(end - 1)}`,
    ]);
    expect((await opened.float32("empty")).data).toHaveLength(0);
    expect(server!.requests).toHaveLength(3);
  });

  it("cuts the range out of a whole file when the server knows no ranges", async () => {
    const hub = await hubOf((_request, response) => response.writeHead(200).end(bytes));
    const source = hub.source(folder, "model.safetensors", { size: bytes.byteLength, sha256: undefined });
    expect(await source.read(100_000, 100_010)).toEqual(bytes.slice(100_000, 100_010));
  });

  it("refuses ranges beyond the file", async () => {
    const hub = await hubOf(serve(bytes));
    const source = hub.source(folder, "model.safetensors", { size: 10, sha256: undefined });
    await expect(source.read(5, 11)).rejects.toThrow("expected a range within 0..10, got 5..11");
  });
});

describe("listing", () => {
  const commit = "0123456789abcdef0123456789abcdef01234567";
  const api: Answer = (request, response) => {
    response.setHeader("Content-Type", "application/json");
    if (request.url === "/api/models/owner/tiny-vit/revision/main") {
      response.end(JSON.stringify({ id: "owner/tiny-vit", sha: commit }));
    } else if (request.url === `/api/models/owner/tiny-vit/tree/${commit}`) {
      const weights = {
        type: "file",
        path: "model.safetensors",
        size: 300_000,
        oid: "ab",
        lfs: { oid: sha256, size: 300_000 },
      };
      response.end(
        JSON.stringify([
          { type: "directory", path: "onnx", size: 0, oid: "cd" },
          { type: "file", path: "config.json", size: 12, oid: "ef" },
          weights,
        ]),
      );
    } else response.writeHead(404).end();
  };

  it("pins the commit and tells sizes and hashes", async () => {
    const hub = await hubOf(api);
    expect(await hub.listing("owner/tiny-vit", "main")).toEqual({
      repository: "owner/tiny-vit",
      revision: commit,
      files: new Map([
        ["config.json", { size: 12, sha256: undefined }],
        ["model.safetensors", { size: 300_000, sha256 }],
      ]),
    });
  });

  it("fails for a revision that does not exist", async () => {
    const hub = await hubOf(api);
    const error = await errorOf(hub.listing("owner/tiny-vit", "v9"));
    expect(error.code).toBe("not-found");
    expect(error.fault).toContain("owner/tiny-vit at v9");
  });

  it("fails for an answer of another form", async () => {
    const hub = await hubOf((_request, response) => response.end('{"error":"none"}'));
    expect((await errorOf(hub.listing("owner/tiny-vit", "main"))).message).toContain("in an unknown way");
  });
});
