/**
 * A small static file server: right media types, byte ranges, and the two headers that make a page cross-origin
 * isolated, so that WebAssembly may use threads.
 */
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";

/** @type {Record<string, string | undefined>} */
const MEDIA_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/** With the first two a page is cross-origin isolated; the third lets such a page load what is served. */
export const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * The bytes that a Range header asks for, both ends included; undefined for the whole file, null where the range
 * lies outside it. Only one range of bytes is understood; others get the whole file, as HTTP allows.
 * @param {string | undefined} header
 * @param {number} size
 * @returns {{ start: number, end: number } | undefined | null}
 */
export function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  const [, from = "", to = ""] = match ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "")
    return to === "0" || size === 0 ? null : { start: Math.max(0, size - Number(to)), end: size - 1 };
  const start = Number(from);
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && Number(to) < start) return undefined;
  return start >= size ? null : { start, end };
}

/**
 * The file a URL names inside `folder`, or undefined.
 * @param {string} folder absolute, without links
 * @param {string} url path and query of a request
 * @returns {Promise<{ path: string, size: number } | undefined>}
 */
async function locate(folder, url) {
  try {
    const name = decodeURIComponent(new URL(url, "http://localhost").pathname);
    const path = await realpath(join(folder, name.endsWith("/") ? `${name}index.html` : name));
    const entry = await stat(path);
    return path.startsWith(folder + sep) && entry.isFile() ? { path, size: entry.size } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} folder
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {Record<string, string>} headers
 */
async function answer(folder, request, response, headers) {
  const { method = "GET", url = "/" } = request;
  if (method !== "GET" && method !== "HEAD") {
    response.writeHead(405, { ...headers, Allow: "GET, HEAD" }).end();
    return;
  }
  const file = await locate(folder, url);
  if (file === undefined) {
    response.writeHead(404, { ...headers, "Content-Type": "text/plain; charset=utf-8" }).end("Not found\n");
    return;
  }
  const range = parseRange(request.headers.range, file.size);
  if (range === null) {
    response.writeHead(416, { ...headers, "Content-Range": `bytes */${file.size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  response.writeHead(range ? 206 : 200, {
    ...headers,
    "Accept-Ranges": "bytes",
    "Cache-Control": "no-cache",
    "Content-Length": end - start + 1,
    "Content-Type": MEDIA_TYPES[extname(file.path)] ?? "application/octet-stream",
    ...(range ? { "Content-Range": `bytes ${start}-${end}/${file.size}` } : {}),
  });
  if (method === "HEAD" || file.size === 0) response.end();
  else await pipeline(createReadStream(file.path, { start, end }), response);
}

/**
 * Tries to listen.
 * @param {import("node:net").Server} server
 * @param {string} host
 * @param {number} port
 * @returns {Promise<NodeJS.ErrnoException | undefined>} why it does not
 */
function tryListen(server, host, port) {
  return new Promise((resolve) => {
    server.once("error", resolve);
    server.listen(port, host, () => {
      server.off("error", resolve);
      resolve(undefined);
    });
  });
}

/** @param {NodeJS.ErrnoException | undefined} failure */
const isTaken = (failure) => failure?.code === "EADDRINUSE";

/**
 * Whether another program listens on this port of the IPv6 loopback. A browser takes “localhost” for that first, and
 * would show what a development server offers there in place of ours.
 * @param {number} port
 */
async function isShadowed(port) {
  const probe = createServer();
  const failure = await tryListen(probe, "::1", port);
  if (failure === undefined) await new Promise((resolve) => probe.close(resolve));
  return isTaken(failure);
}

/**
 * Listens on the first free port of `ports`.
 * @param {import("node:http").Server} server
 * @param {string} host
 * @param {readonly number[]} ports
 * @returns {Promise<number>}
 */
async function listen(server, host, ports) {
  for (const port of ports) {
    if (host === "127.0.0.1" && port !== 0 && (await isShadowed(port))) continue;
    const failure = await tryListen(server, host, port);
    const address = server.address();
    if (failure === undefined && address !== null && typeof address === "object") return address.port;
    if (!isTaken(failure))
      throw new Error(`static server: cannot listen on ${host}:${port}: ${String(failure)}`);
  }
  throw new Error(`static server: no free port among ${ports.join(", ")}; name another with --port`);
}

/**
 * Serves a folder until `close`. Port 0 is any free one.
 * @param {string} folder
 * @param {{ ports: readonly number[], host?: string, isolated?: boolean }} options `isolated` false leaves out the
 *   headers, as a static host does that cannot set any
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export async function serveFolder(folder, { ports, host = "127.0.0.1", isolated = true }) {
  const root = await realpath(folder);
  const headers = isolated ? ISOLATION_HEADERS : {};
  const server = createServer((request, response) => {
    // A browser that goes away while a file is under way is no fault.
    answer(root, request, response, headers).catch(() => response.destroy());
  });
  const port = await listen(server, host, ports);
  const close = () =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, close };
}
