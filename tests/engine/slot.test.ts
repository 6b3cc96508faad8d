import { expect, it } from "vitest";
import { Slot } from "../../src/engine/slot";

function counted() {
  const released: string[] = [];
  return { released, slot: new Slot<string>((value) => void released.push(value)) };
}

it("gives an artifact for its own key alone", async () => {
  const { slot } = counted();
  expect(slot.get("k")).toBeUndefined();
  expect(await slot.put("k", "a")).toBe("a");
  expect(slot.get("k")).toBe("a");
  expect(slot.get("other")).toBeUndefined();
  expect(slot.held).toEqual({ key: "k", value: "a" });
});

it("releases an artifact once, when another takes its place or when cleared", async () => {
  const { slot, released } = counted();
  await slot.put("k", "a");
  await slot.put("l", "b");
  expect(released).toEqual(["a"]);
  expect(slot.get("k")).toBeUndefined();
  await slot.clear();
  await slot.clear();
  expect(released).toEqual(["a", "b"]);
  expect(slot.held).toBeUndefined();
});

it("waits for the old artifact's release before the new one is held", async () => {
  let free: () => void = () => undefined;
  const slot = new Slot<string>(() => new Promise<void>((resolve) => (free = resolve)));
  await slot.put("k", "a");
  const put = slot.put("l", "b");
  await Promise.resolve();
  expect(slot.get("l")).toBeUndefined();
  free();
  await put;
  expect(slot.get("l")).toBe("b");
});
