import { expect, test } from "vitest";
import { pageAddress } from "../../src/cli/page-address.mjs";

test.each([
  ["127.0.0.1", "http://localhost:4173/"],
  ["::1", "http://localhost:4173/"],
  ["0.0.0.0", "http://localhost:4173/"],
  ["::", "http://localhost:4173/"],
  ["192.168.1.7", "http://192.168.1.7:4173/"],
  ["fd00::2", "http://[fd00::2]:4173/"],
  ["lab.example", "http://lab.example:4173/"],
])("a server on %s is opened at %s", (host, url) => {
  expect(pageAddress(host, 4173)).toBe(url);
  expect(new URL(url).port).toBe("4173");
});
