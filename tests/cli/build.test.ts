import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newestChange } from "../../src/cli/build.mjs";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eigenband-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function touch(path: string, seconds: number): void {
  utimesSync(path, seconds, seconds);
}

test("the newest change of a folder is that of its newest file, however deep", () => {
  const inner = join(folder, "a", "b");
  mkdirSync(inner, { recursive: true });
  writeFileSync(join(inner, "deep.ts"), "");
  writeFileSync(join(folder, "top.ts"), "");
  touch(join(inner, "deep.ts"), 2000);
  for (const path of [join(folder, "top.ts"), inner, join(folder, "a"), folder]) touch(path, 1000);
  expect(newestChange(folder)).toBe(2_000_000);
});

test("removing a file is a change of its folder", () => {
  writeFileSync(join(folder, "gone.ts"), "");
  touch(folder, 1000);
  rmSync(join(folder, "gone.ts"));
  expect(newestChange(folder)).toBeGreaterThan(1_000_000);
});

test("what is not there has never changed", () => {
  expect(newestChange(join(folder, "nothing"))).toBe(0);
});
