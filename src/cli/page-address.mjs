const EVERY_INTERFACE = ["0.0.0.0", "::"];
const LOOPBACK = ["127.0.0.1", "::1"];

/**
 * The address to open for a server that listens on `host`. A server on every interface is opened by its name on this
 * machine: only there, or over https, does a browser offer WebGPU.
 * @param {string} host
 * @param {number} port
 * @returns {string}
 */
export function pageAddress(host, port) {
  const local = [...EVERY_INTERFACE, ...LOOPBACK].includes(host);
  const name = local ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}
