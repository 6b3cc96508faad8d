import { expect, test } from "vitest";
import { nodeVersionFault } from "../../src/cli/node-version.mjs";

test.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("Node %s will do", (version) => {
  expect(nodeVersionFault(version)).toBeUndefined();
});

test.each(["18.20.4", "20.9.0", "20.18.3"])("Node %s is refused by name, with what is needed", (version) => {
  expect(nodeVersionFault(version)).toMatch(new RegExp(`needs Node 20.19 or newer, this is Node ${version}`));
});
