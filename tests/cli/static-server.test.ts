import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseRange, serveFolder } from "../../src/cli/static-server.mjs";

const digits = "0123456789";
let folder: string;
let server: Awaited<ReturnType<typeof serveFolder>>;
let base: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "eigenband-"));
  const served = join(folder, "served");
  mkdirSync(join(served, "sub"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "outside");
  writeFileSync(join(served, "index.html"), "<p>top</p>");
  writeFileSync(join(served, "sub", "index.html"), "<p>sub</p>");
  writeFileSync(join(served, "digits.bin"), digits);
  writeFileSync(join(served, "empty.json"), "");
  writeFileSync(join(served, "a b.wasm"), "\0asm");
  symlinkSync(join(folder, "secret.txt"), join(served, "link.txt"));
  server = await serveFolder(served, { ports: [0] });
  base = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe("parseRange", () => {
  test.each([
    ["bytes=2-4", { start: 2, end: 4 }],
    ["bytes=7-", { start: 7, end: 9 }],
    ["bytes=7-99", { start: 7, end: 9 }],
    ["bytes=-3", { start: 7, end: 9 }],
    ["bytes=-99", { start: 0, end: 9 }],
    ["bytes=10-", null],
    ["bytes=-0", null],
    ["bytes=4-2", undefined],
    ["bytes=0-1,3-4", undefined],
    ["bytes=-", undefined],
    ["items=0-1", undefined],
    [undefined, undefined],
  ])("reads %s of ten bytes as %o", (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });
});

test("a folder gives its index.html", async () => {
  expect(await (await fetch(`${base}/`)).text()).toBe("<p>top</p>");
  expect(await (await fetch(`${base}/sub/?query=1`)).text()).toBe("<p>sub</p>");
});

test("WebAssembly has its media type, so that it compiles while it streams", async () => {
  const response = await fetch(`${base}/a%20b.wasm`);
  expect(response.headers.get("content-type")).toBe("application/wasm");
});

test("pages are cross-origin isolated, unless the host is to send no headers", async () => {
  const isolated = await fetch(`${base}/`);
  expect(isolated.headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(isolated.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  const plain = await serveFolder(join(folder, "served"), { ports: [0], isolated: false });
  const response = await fetch(`http://127.0.0.1:${plain.port}/`);
  await plain.close();
  expect(response.headers.get("cross-origin-opener-policy")).toBeNull();
});

test("a range gives those bytes and says where they stand", async () => {
  const response = await fetch(`${base}/digits.bin`, { headers: { Range: "bytes=3-5" } });
  expect(response.status).toBe(206);
  expect(response.headers.get("content-range")).toBe("bytes 3-5/10");
  expect(await response.text()).toBe("345");
});

test("a range beyond the end is refused with the size", async () => {
  const response = await fetch(`${base}/digits.bin`, { headers: { Range: "bytes=10-" } });
  expect(response.status).toBe(416);
  expect(response.headers.get("content-range")).toBe("bytes */10");
});

test("HEAD tells the size without the bytes", async () => {
  const response = await fetch(`${base}/digits.bin`, { method: "HEAD" });
  expect(response.headers.get("content-length")).toBe("10");
  expect(await response.text()).toBe("");
});

test("an empty file is an empty answer", async () => {
  const response = await fetch(`${base}/empty.json`);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});

test("what is not there is 404 and never a page in its place", async () => {
  expect((await fetch(`${base}/missing.json`)).status).toBe(404);
  expect((await fetch(`${base}/sub`)).status).toBe(404);
});

/** As `fetch`, but with the path sent as it is: `fetch` resolves `..` itself. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${base}/`, { path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

test.each(["/../secret.txt", "/..%2fsecret.txt", "/link.txt", "/%E0%A4%A", "/sub/%00"])(
  "%s does not leave the folder",
  async (path) => {
    expect(await statusOf(path)).toBe(404);
  },
);

test("writing is refused", async () => {
  expect((await fetch(`${base}/digits.bin`, { method: "PUT", body: "x" })).status).toBe(405);
});

test("a port that is taken is passed over, and one that has to be is named", async () => {
  const next = await serveFolder(folder, { ports: [server.port, 0] });
  expect(next.port).not.toBe(server.port);
  await next.close();
  await expect(serveFolder(folder, { ports: [server.port] })).rejects.toThrow(
    `no free port among ${server.port}`,
  );
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);

test.skipIf(!hasIpv6)("a port that “localhost” may lead elsewhere is passed over", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "::1", resolve));
  const { port } = other.address() as AddressInfo;
  const next = await serveFolder(folder, { ports: [port, 0] });
  expect(next.port).not.toBe(port);
  await next.close();
  await new Promise((resolve) => other.close(resolve));
});
