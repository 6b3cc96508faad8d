import { expect, it } from "vitest";
import { addressedBackend } from "../../../src/app/state/backend-choice";

it.each([
  ["", undefined, undefined],
  ["?backend=webgpu", "webgpu", undefined],
  ["?x=1&backend=cpu", "cpu", undefined],
  ["?backend=abacus", undefined, "abacus"],
  ["?backend=", undefined, ""],
])("%s is read as %s", (search, choice, unknown) => {
  const read = addressedBackend(search);
  expect(read.choice).toBe(choice);
  expect(read.unknown).toBe(unknown);
});
