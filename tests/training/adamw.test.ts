import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import { hostFloats } from "../../src/runtime/device-tensor";
import { createNodeBackend } from "../../src/runtime/node";
import { float32 } from "../../src/tensor/host-tensor";
import { RandomStream } from "../../src/tensor/random";
import { addAdamW, globalNorm, type AdamWSpec } from "../../src/training/adamw";
import { relativeDistance } from "../support/matrices";

const backend = createNodeBackend();
const decays = { a: 0.3, b: 0 };
const names = ["a", "b"] as const;
const size = 6;
const steps = 8;

type Tensors = Record<(typeof names)[number], number[]>;

function draws(seed: number, scale: number): Tensors {
  const random = new RandomStream(seed);
  const draw = () => Array.from({ length: size }, () => Math.fround(scale * random.normal()));
  return { a: draw(), b: draw() };
}

/** The update rule by its definition, in float64; returns the weights after every step. */
function reference(
  spec: AdamWSpec,
  rate: (step: number) => number,
  gradients: readonly Tensors[],
): Tensors[] {
  const w = draws(1, 1);
  const m = { a: new Array<number>(size).fill(0), b: new Array<number>(size).fill(0) };
  const v = structuredClone(m);
  return gradients.map((g, step) => {
    const norm = Math.hypot(...g.a, ...g.b);
    const factor = Math.min(1, spec.clip / (norm + 1e-6));
    for (const name of names) {
      for (let k = 0; k < size; k++) {
        const clipped = g[name][k]! * factor;
        m[name][k] = spec.beta1 * m[name][k]! + (1 - spec.beta1) * clipped;
        v[name][k] = spec.beta2 * v[name][k]! + (1 - spec.beta2) * clipped ** 2;
        const mHat = m[name][k]! / (1 - spec.beta1 ** (step + 1));
        const vHat = v[name][k]! / (1 - spec.beta2 ** (step + 1));
        w[name][k]! -= rate(step) * (mHat / (Math.sqrt(vHat) + spec.epsilon) + decays[name] * w[name][k]!);
      }
    }
    return structuredClone(w);
  });
}

async function run(spec: AdamWSpec, rate: (step: number) => number, gradients: readonly Tensors[]) {
  const b = new GraphBuilder();
  const learningRate = b.input("rate", []);
  const trained = names.map((name) => ({
    name,
    weight: b.input(name, [size]),
    gradient: b.input(`g.${name}`, [size]),
    firstMoment: b.input(`m.${name}`, [size]),
    secondMoment: b.input(`v.${name}`, [size]),
    learningRate,
    weightDecay: decays[name],
  }));
  const scalars = {
    correction1: b.input("correction1", []),
    correction2: b.input("correction2", []),
  };
  const outputs = [...addAdamW(b, trained, scalars, spec)].flatMap(([name, updated]) => [
    [`new.${name}`, updated.weight] as const,
    [`new.m.${name}`, updated.firstMoment] as const,
    [`new.v.${name}`, updated.secondMoment] as const,
  ]);
  const session = await backend.compile(b.build("adamw", Object.fromEntries(outputs)), "host");
  const zeros = new Array<number>(size).fill(0);
  const start = draws(1, 1);
  const state: Record<string, ArrayLike<number>> = {
    "m.a": zeros,
    "m.b": zeros,
    "v.a": zeros,
    "v.b": zeros,
    ...start,
  };
  const weights: Record<"a" | "b", Float32Array>[] = [];
  for (const [step, g] of gradients.entries()) {
    const tensors = { ...state, "g.a": g.a, "g.b": g.b };
    const fed = Object.entries(tensors).map(
      ([name, values]) => [name, backend.upload(float32([size], Float32Array.from(values)))] as const,
    );
    const scalar = (value: number) => backend.upload(float32([], [value]));
    const results = await session.run({
      ...Object.fromEntries(fed),
      rate: scalar(rate(step)),
      correction1: scalar(1 / (1 - spec.beta1 ** (step + 1))),
      correction2: scalar(1 / (1 - spec.beta2 ** (step + 1))),
    });
    for (const name of Object.keys(state)) state[name] = hostFloats(results[`new.${name}`]!).slice();
    weights.push({ a: state["a"] as Float32Array, b: state["b"] as Float32Array });
  }
  await session.release();
  return weights;
}

describe("AdamW as a graph equals its definition in float64 over eight steps", () => {
  const falling = (step: number) => 0.02 * (1 - step / steps);
  const cases: [string, number, number][] = [
    ["without clipping", 0.1, 10],
    ["with every gradient clipped", 5, 1],
    ["with some gradients clipped", 0.3, 1],
  ];
  it.each(cases)("%s, one weight decayed and one not", async (_, scale, clip) => {
    const spec = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip };
    const gradients = Array.from({ length: steps }, (_, step) => draws(10 + step, scale));
    const clipped = gradients.filter(({ a, b }) => Math.hypot(...a, ...b) > clip).length;
    expect(clipped).toSatisfy((n: number) =>
      scale === 0.1 ? n === 0 : scale === 5 ? n === steps : n > 0 && n < steps,
    );
    const expected = reference(spec, falling, gradients);
    const actual = await run(spec, falling, gradients);
    for (const [step, weights] of actual.entries()) {
      for (const name of names) {
        expect(
          relativeDistance(weights[name], expected[step]![name]),
          `${name} after step ${String(step)}`,
        ).toBeLessThan(1e-6);
      }
    }
  });

  it("and clipping changes the result", async () => {
    const gradients = [draws(10, 0.01), draws(11, 5)];
    const spec = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 };
    const clipped = await run(spec, falling, gradients);
    const free = await run({ ...spec, clip: 1e9 }, falling, gradients);
    expect(relativeDistance(clipped[1]!.a, free[1]!.a)).toBeGreaterThan(1e-4);
  });
});

it("the global norm needs a gradient", () => {
  expect(() => globalNorm(new GraphBuilder(), [])).toThrow("at least one gradient");
});
