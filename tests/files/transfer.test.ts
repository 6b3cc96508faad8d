import { describe, expect, it } from "vitest";
import { partial, rangeOf, serve, type Answer } from "./file-server";
import { bytes, errorOf, expectBytes, folder, hubOf, server, sha256 } from "./hub-on-server";

describe("a connection that is cut", () => {
  it("is taken up where it broke, byte for byte", async () => {
    const hub = await hubOf((request, response) => {
      const { start, end } = rangeOf(request, bytes.byteLength);
      partial(response, start, end, bytes.byteLength);
      const until = Math.min(end, start + 70_000);
      response.write(bytes.subarray(start, until), () => {
        if (until === end) response.end();
        else response.destroy();
      });
    });
    const loaded = await hub.load(folder, "model.safetensors", { facts: { size: bytes.byteLength, sha256 } });
    expectBytes(loaded);
    // More cuts than attempts: each brought bytes, so none counted.
    expect(server!.requests.length).toBeGreaterThan(3);
    const starts = server!.requests.map((request) => Number(/bytes=(\d+)-/.exec(request)![1]));
    expect(starts[0]).toBe(0);
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  });

  it("is taken up on a server that always sends the whole file", async () => {
    let cuts = 0;
    const hub = await hubOf((_request, response) => {
      response.writeHead(200, { "Content-Length": bytes.byteLength });
      if (cuts++ < 2) response.write(bytes.subarray(0, 100_000 * cuts), () => response.destroy());
      else response.end(bytes);
    });
    const loaded = await hub.load(folder, "model.safetensors", { facts: { size: bytes.byteLength, sha256 } });
    expectBytes(loaded);
    expect(server!.requests).toHaveLength(3);
  });

  it("is taken up after a body that ends too early without an error", async () => {
    const hub = await hubOf((request, response) => {
      const { start, end } = rangeOf(request, bytes.byteLength);
      response.writeHead(206, {
        "Content-Range": `bytes ${String(start)}-${String(end - 1)}/${String(bytes.byteLength)}`,
      });
      response.end(bytes.subarray(start, Math.min(end, start + 120_000)));
    });
    expectBytes(await hub.load(folder, "model.safetensors"));
    expect(server!.requests.map((request) => request.split(" ")[2])).toEqual([
      "bytes=0-",
      "bytes=120000-299999",
      "bytes=240000-299999",
    ]);
  });

  it("is given up after so many attempts without a byte", async () => {
    const hub = await hubOf((_request, response) => response.destroy());
    const error = await errorOf(hub.load(folder, "model.safetensors"));
    expect(error.code).toBe("network");
    expect(error.fault).toContain("model.safetensors of owner/tiny-vit, 3 times in a row");
    expect(server!.requests).toHaveLength(3);
  });

  it("counts as cut when nothing comes for a while, but not when it is merely slow", async () => {
    let stalls = 0;
    const answer: Answer = (request, response) => {
      const { start, end } = rangeOf(request, 1000);
      partial(response, start, end, 1000);
      let at = start;
      const timer = setInterval(() => {
        if (at === 500 && stalls++ === 0) clearInterval(timer);
        else response.write(bytes.subarray(at, (at += 100)));
        if (at >= end) {
          clearInterval(timer);
          response.end();
        }
      }, 100);
    };
    // 10 pieces at 100 ms take longer than a stall.
    const hub = await hubOf(answer, { stallMilliseconds: 800 });
    expect(await hub.load(folder, "model.safetensors")).toEqual(bytes.subarray(0, 1000));
    expect(server!.requests.map((request) => request.split(" ")[2])).toEqual(["bytes=0-", "bytes=500-999"]);
  });

  it("is reported when there is no server at all", async () => {
    const hub = await hubOf(serve(bytes));
    await server!.close();
    expect((await errorOf(hub.load(folder, "config.json"))).code).toBe("network");
  });
});

describe("a server that refuses for a while", () => {
  it("is asked again after 503", async () => {
    let failures = 0;
    const hub = await hubOf((request, response) => {
      if (failures++ < 2) response.writeHead(503).end();
      else serve(bytes)(request, response);
    });
    expectBytes(await hub.load(folder, "model.safetensors"));
  });

  it.each([
    [503, "server"],
    [429, "busy"],
  ])("ends in an error if it goes on answering %i", async (status, code) => {
    const hub = await hubOf((_request, response) => response.writeHead(status).end());
    expect((await errorOf(hub.load(folder, "config.json"))).code).toBe(code);
    expect(server!.requests).toHaveLength(3);
  });
});

describe("an abort", () => {
  it("stops a running download with the signal's reason", async () => {
    const hub = await hubOf((request, response) => {
      const { start, end } = rangeOf(request, bytes.byteLength);
      partial(response, start, end, bytes.byteLength);
      response.write(bytes.subarray(0, 1000));
    });
    const controller = new AbortController();
    const reason = new Error("enough");
    const loading = hub.load(folder, "model.safetensors", {
      signal: controller.signal,
      onProgress: () => {
        controller.abort(reason);
      },
    });
    await expect(loading).rejects.toBe(reason);
    expect(server!.requests).toHaveLength(1);
  });

  it("stops the pause before another attempt", async () => {
    const controller = new AbortController();
    const hub = await hubOf(
      (_request, response) => {
        response.destroy();
        setTimeout(() => {
          controller.abort();
        }, 50);
      },
      { pauseMilliseconds: 60_000 },
    );
    await expect(hub.load(folder, "config.json", { signal: controller.signal })).rejects.toThrow(/abort/i);
  });

  it("before the start asks nothing of the server", async () => {
    const hub = await hubOf(serve(bytes));
    await expect(hub.load(folder, "config.json", { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(server!.requests).toEqual([]);
  });
});

describe("a failing receiver of the bytes", () => {
  it("ends the download with its own error", async () => {
    const hub = await hubOf(serve(bytes));
    const full = new Error("disk full");
    const write = (): Promise<void> => Promise.reject(full);
    await expect(hub.stream(folder, "model.safetensors", write)).rejects.toBe(full);
    expect(server!.requests).toHaveLength(1);
  });
});
