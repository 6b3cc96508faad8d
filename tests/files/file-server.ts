import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A real HTTP server on this machine; each test says how it answers. */
export interface FileServer {
  readonly base: string;
  /** `METHOD path range` of each request so far. */
  readonly requests: string[];
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export async function startServer(answer: Answer): Promise<FileServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method!} ${request.url!} ${request.headers.range ?? "-"}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${String(port)}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The range asked for, within `size` bytes. */
export function rangeOf(request: IncomingMessage, size: number): { start: number; end: number } {
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  if (match === null) return { start: 0, end: size };
  return { start: Number(match[1]), end: match[2] === "" ? size : Math.min(size, Number(match[2]) + 1) };
}

/** Headers of the answer to a range. */
export function partial(response: ServerResponse, start: number, end: number, size: number): void {
  response.writeHead(206, {
    "Content-Type": "application/octet-stream",
    "Content-Length": end - start,
    "Content-Range": `bytes ${String(start)}-${String(end - 1)}/${String(size)}`,
  });
}

/** Answers ranges as a good server does. */
export function serve(bytes: Uint8Array): Answer {
  return (request, response) => {
    const { start, end } = rangeOf(request, bytes.byteLength);
    if (start >= bytes.byteLength) {
      response.writeHead(416, { "Content-Range": `bytes */${String(bytes.byteLength)}` }).end();
      return;
    }
    partial(response, start, end, bytes.byteLength);
    response.end(bytes.subarray(start, end));
  };
}
