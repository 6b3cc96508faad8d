import { expect, test } from "vitest";
import { hasDevelopmentPackages, missingPackages } from "../../src/cli/install.mjs";

const wanted = {
  packages: {
    "": {},
    "node_modules/run": { version: "1.0.0" },
    "node_modules/tool": { version: "2.0.0", dev: true },
    "node_modules/shared": { version: "3.0.0", devOptional: true },
    "node_modules/other-platform": { version: "4.0.0", optional: true },
  },
};

test("an empty folder misses every package but the optional ones", () => {
  expect(missingPackages(wanted, { packages: {} }, true)).toEqual([
    "node_modules/run",
    "node_modules/tool",
    "node_modules/shared",
  ]);
});

test("running needs no development packages", () => {
  expect(missingPackages(wanted, { packages: {} }, false)).toEqual(["node_modules/run"]);
});

test("another version than the locked one is missing", () => {
  const installed = { packages: { ...wanted.packages, "node_modules/run": { version: "0.9.0" } } };
  expect(missingPackages(wanted, installed, true)).toEqual(["node_modules/run"]);
});

test("nothing is missing where all locked versions are there", () => {
  expect(missingPackages(wanted, wanted, true)).toEqual([]);
});

test("packages for development are kept where some are there", () => {
  expect(hasDevelopmentPackages(wanted)).toBe(true);
  expect(hasDevelopmentPackages({ packages: { "node_modules/run": { version: "1.0.0" } } })).toBe(false);
});
