import { describe, expect, it } from "vitest";
import { Turns } from "../../src/engine/turns";

/** Work that ends when told to, and notes when it begins. */
function steps() {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => async (): Promise<string> => {
    log.push(name);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    return name;
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await settle();
  };
  return { log, work, end };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("turns", () => {
  it("lets a run go before the scan's next turn, but not into the one under way", async () => {
    const turns = new Turns();
    const { log, work, end } = steps();
    const scan = (async () => {
      for (const name of ["row 1", "row 2", "row 3"]) await turns.turn(work(name));
    })();
    await settle();
    const run = turns.run(work("run"));
    await settle();
    expect(log).toEqual(["row 1"]);
    await end("row 1");
    expect(log).toEqual(["row 1", "run"]);
    await end("run");
    expect(await run).toBe("run");
    expect(log).toEqual(["row 1", "run", "row 2"]);
    await end("row 2");
    await end("row 3");
    await scan;
    expect(log).toEqual(["row 1", "run", "row 2", "row 3"]);
  });

  it("lets runs follow one another, all of them before the scan", async () => {
    const turns = new Turns();
    const { log, work, end } = steps();
    const runs = [turns.run(work("a")), turns.run(work("b"))];
    const row = turns.turn(work("row"));
    await settle();
    expect(log).toEqual(["a"]);
    await end("a");
    expect(log).toEqual(["a", "b"]);
    await end("b");
    expect(log).toEqual(["a", "b", "row"]);
    await end("row");
    expect(await Promise.all([...runs, row])).toEqual(["a", "b", "row"]);
  });

  it("goes on after work that failed, and hands its error on", async () => {
    const turns = new Turns();
    const failing = () => Promise.reject(new Error("broken"));
    await expect(turns.run(failing)).rejects.toThrow("broken");
    await expect(turns.turn(failing)).rejects.toThrow("broken");
    expect(await turns.turn(() => Promise.resolve(3))).toBe(3);
    expect(await turns.run(() => Promise.resolve(4))).toBe(4);
  });
});
