/** Which Node runs the project. Written so that a much older one can read it too, and say what is needed. */

const OLDEST_NODE = [20, 19];

/**
 * Says what is wrong with a Node version, or undefined.
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeVersionFault(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Eigenband needs Node ${OLDEST_NODE.join(".")} or newer, this is Node ${version}. Get one at https://nodejs.org.`;
}

/** Ends the process with a plain sentence where Node is too old. */
export function requireNode() {
  const fault = nodeVersionFault(process.versions.node);
  if (fault === undefined) return;
  console.error(fault);
  process.exit(1);
}
