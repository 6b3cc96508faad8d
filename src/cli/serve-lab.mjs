/** `npm start`: installs what is missing, builds what is stale, serves the page and opens it. */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { build, DIST, isBuildStale } from "./build.mjs";
import { installIfNeeded } from "./install.mjs";
import { whenOrphaned } from "./orphan.mjs";
import { pageAddress } from "./page-address.mjs";
import { serveFolder } from "./static-server.mjs";

const FIRST_PORT = 4173;
const PORTS_TRIED = 100;

/**
 * @param {string | undefined} named
 * @returns {number[]}
 */
function choosePorts(named) {
  if (named === undefined) return Array.from({ length: PORTS_TRIED }, (_, i) => FIRST_PORT + i);
  const port = Number(named);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return [port];
  throw new Error(`--port: expected a number from 0 to 65535, got ${named}`);
}

/** Opens the page where someone can see it; a failure to do so is no fault, the address is on the screen. */
function openBrowser(/** @type {string} */ url) {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI) return;
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
  const parent = process.ppid;
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      "no-open": { type: "boolean", default: false },
    },
  });
  const ports = choosePorts(values.port);
  installIfNeeded({ withDevelopment: false });
  if (isBuildStale()) {
    console.log("Building the page ...");
    const status = build();
    if (status !== 0) process.exit(status);
  }
  const server = await serveFolder(DIST, { ports, host: values.host });
  const url = pageAddress(values.host, server.port);
  console.log(`\nEigenband runs at ${url}\nCtrl-C stops it.`);
  const stop = () => void server.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  if (process.env.npm_lifecycle_event === "start") whenOrphaned(parent, stop);
  if (!values["no-open"]) openBrowser(url);
}

export async function serveLab() {
  try {
    await start();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
