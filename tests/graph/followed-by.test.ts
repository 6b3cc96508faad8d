import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import { followedBy } from "../../src/graph/followed-by";
import type { Graph, Value } from "../../src/graph/types";
import { hostFloats } from "../../src/runtime/device-tensor";
import { createNodeBackend } from "../../src/runtime/node";
import { float32 } from "../../src/tensor/host-tensor";

const backend = createNodeBackend();

/** A graph of a vector x to vectors by name. */
function graph(
  name: string,
  inputs: readonly string[],
  outputs: (b: GraphBuilder, of: Value[]) => Value[],
): Graph {
  const b = new GraphBuilder();
  const values = outputs(
    b,
    inputs.map((input) => b.input(input, [2])),
  );
  return b.build(name, Object.fromEntries(values.map((value, i) => [`${name}.${i}`, value])));
}

// Both have a constant and an inner node, which builders name alike.
const first = graph("first", ["x"], (b, [x]) => [b.scale(b.exp(x!), 3), b.neg(x!)]);
const next = graph("next", ["first.0", "first.1"], (b, [p, q]) => [
  b.scale(b.exp(q!), 5),
  b.add(p!, b.exp(q!)),
]);

describe("a graph followed by another", () => {
  it("takes what the first takes and gives what the second makes of it, alone", async () => {
    const both = followedBy(first, next);
    const session = await backend.compile(both, "host");
    const x = backend.upload(float32([2], [0.5, -1]));
    const outputs = await session.run({ x });
    expect(Object.keys(outputs)).toEqual(["next.0", "next.1"]);
    const [scaled, sum] = ["next.0", "next.1"].map((name) => hostFloats(outputs[name]!));
    for (const [i, value] of [0.5, -1].entries()) {
      expect(scaled![i]).toBeCloseTo(5 * Math.exp(-value), 5);
      expect(sum![i]).toBeCloseTo(3 * Math.exp(value) + Math.exp(-value), 5);
    }
  });

  it("may do without some of the outputs", async () => {
    const negated = graph("twice", ["first.1"], (b, [q]) => [b.neg(q!)]);
    const session = await backend.compile(followedBy(first, negated), "host");
    const outputs = await session.run({ x: backend.upload(float32([2], [0.5, -1])) });
    expect([...hostFloats(outputs["twice.0"]!)]).toEqual([0.5, -1]);
  });

  it("is refused where the second takes what the first does not give, or puts out what has a name already", () => {
    const stranger = graph("stranger", ["y"], (b, [y]) => [b.neg(y!)]);
    expect(() => followedBy(first, stranger)).toThrow("stranger takes y, which is no such output of first");
    const b = new GraphBuilder();
    const longer = b.build("longer", { z: b.neg(b.input("first.0", [3])) });
    expect(() => followedBy(first, longer)).toThrow("longer takes first.0, which is no such output of first");
    const c = new GraphBuilder();
    const clashing = c.build("clashing", { x: c.neg(c.input("first.0", [2])) });
    expect(() => followedBy(first, clashing)).toThrow("clashing puts out x, which is a value of first");
  });
});
