/** `npm start`: installs what is missing, builds what is stale, serves the page and opens it. */
import { spawn } from "node:child_process";
import * as util from "node:util";
import { build, DIST, isBuildStale } from "./build.mjs";
import { installIfNeeded, requireNode } from "./install.mjs";
import { serveFolder } from "./static-server.mjs";

const FIRST_PORT = 4173;
const PORTS_TRIED = 100;

requireNode();
// As a namespace: a Node without parseArgs would not even load this file, and could not be told that it is too old.
const { values } = util.parseArgs({
  options: {
    port: { type: "string" },
    host: { type: "string", default: "127.0.0.1" },
    "no-open": { type: "boolean", default: false },
  },
});

/** @returns {number[]} */
function choosePorts() {
  if (values.port === undefined) return Array.from({ length: PORTS_TRIED }, (_, i) => FIRST_PORT + i);
  const port = Number(values.port);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return [port];
  throw new Error(`--port: expected a number from 0 to 65535, got ${values.port}`);
}

/** Opens the page where someone can see it; a failure to do so is no fault, the address is on the screen. */
function openBrowser(/** @type {string} */ url) {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || values["no-open"]) return;
  const openers = /** @type {Record<string, [string, string[]] | undefined>} */ ({
    darwin: ["open", [url]],
    win32: ["cmd", ["/c", "start", "", url]],
    linux: DISPLAY || WAYLAND_DISPLAY ? ["xdg-open", [url]] : undefined,
  });
  const opener = openers[process.platform];
  if (opener === undefined) return;
  const child = spawn(opener[0], opener[1], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

async function start() {
  const ports = choosePorts();
  installIfNeeded({ withDevelopment: false });
  if (isBuildStale()) {
    const status = build();
    if (status !== 0) process.exit(status);
  }
  const server = await serveFolder(DIST, { ports, host: values.host });
  const url = `http://${values.host === "127.0.0.1" ? "localhost" : values.host}:${server.port}/`;
  console.log(`\nEigenband runs at ${url}\nCtrl-C stops it.`);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
  openBrowser(url);
}

start().catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
