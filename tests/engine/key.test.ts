import { expect, it } from "vitest";
import { artifactKey, stableJson } from "../../src/engine/key";

it("is the same whatever order keys were written in, at every depth", () => {
  expect(stableJson({ b: [{ y: 1, x: 2 }], a: null })).toBe(stableJson({ a: null, b: [{ x: 2, y: 1 }] }));
  expect(stableJson({ b: 1, a: "x" })).toBe('{"a":"x","b":1}');
});

it("keeps the order of lists, and numbers apart from texts", () => {
  expect(stableJson([1, 2])).not.toBe(stableJson([2, 1]));
  expect(stableJson({ a: 1 })).not.toBe(stableJson({ a: "1" }));
});

it("differs by stage, by specification and by each input in its place", () => {
  const keys = [
    artifactKey("edit", { energy: 0.8 }),
    artifactKey("bands", { energy: 0.8 }),
    artifactKey("edit", { energy: 0.81 }),
    artifactKey("edit", { energy: 0.8 }, "a"),
    artifactKey("edit", { energy: 0.8 }, "a", "b"),
    artifactKey("edit", { energy: 0.8 }, "b", "a"),
    artifactKey("edit", { energy: 0.8 }, "ab"),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(artifactKey("edit", { energy: 0.8 }, "a")).toBe(keys[3]);
});
