import { describe, expect, it } from "vitest";
import type { Backend } from "../../../src/runtime/backend";
import { initialScores, type Subnet } from "../../../src/stages/edit/balanced-subnet";
import { Schedule } from "../../../src/stages/edit/subnet-schedule";
import {
  SubnetLearner,
  type ForgetAndRetain,
  type SubnetState,
} from "../../../src/stages/edit/subnet-learner";
import type { BalancedSubnetSpec, SubnetPoint } from "../../../src/stages/edit/types";
import type { Samples } from "../../../src/stages/data/types";
import type { Olmo2Config } from "../../../src/stages/model/olmo2-config";
import { olmo2Model } from "../../../src/stages/model/olmo2-model";
import type { LanguageModel } from "../../../src/stages/model/types";
import { int64 } from "../../../src/tensor/host-tensor";
import { RandomStream } from "../../../src/tensor/random";
import { isKept } from "../../../src/tensor/reference/weight-scores";
import { referenceLoss } from "../../support/olmo2-reference";
import { olmo2Weights, referenceModel } from "../../support/tiny-olmo2";
import { keptByOrder } from "../../support/weight-scores";

const config: Olmo2Config = {
  vocabulary: 11,
  hiddenSize: 6,
  intermediateSize: 5,
  layers: 2,
  heads: 2,
  keyValueHeads: 1,
  headSize: 4,
  contextLength: 64,
  normEpsilon: 1e-5,
  ropeTheta: 100,
  tiedHead: false,
  endTokens: [0],
};
const weights = olmo2Weights(config, 3);
const linears = ["0.mlp.gate_proj", "0.mlp.down_proj", "1.mlp.up_proj"].map(
  (name) => `model.layers.${name}.weight`,
);
const length = 4;
export const [forget, retain] = [3, 4];
const texts = (() => {
  const random = new RandomStream(4);
  return Array.from({ length: forget + retain }, () =>
    Array.from({ length: length + 1 }, () => random.integer(config.vocabulary)),
  );
})();

export const spec: BalancedSubnetSpec = {
  method: "balanced-subnet",
  linears,
  drop: 0.2,
  forget: "all",
  forgetExamples: 100,
  retainExamples: retain,
  epochs: 3,
  batch: 3,
  rate: 0.05,
  momentum: 0.9,
  decay: 5e-3,
  seed: 7,
};

function modelOn(backend: Backend): LanguageModel {
  return olmo2Model({
    title: "",
    config,
    configJson: {},
    parameters: new Map([...weights].map(([name, tensor]) => [name, backend.upload(tensor)])),
    tokenizer: undefined,
    training: undefined,
  });
}

const samples: Samples = {
  unit: "windows",
  input: (indices) =>
    int64(
      [indices.length * length, 1],
      indices.flatMap((index) => texts[index]!.slice(0, length)),
    ),
  labels: (indices) => Int32Array.from(indices.flatMap((index) => texts[index]!.slice(1))),
};

/** `together` samples fit the device at once. */
function dataOn(backend: Backend, together: number): ForgetAndRetain {
  return { model: { ...modelOn(backend).ofLength(length), tapBatch: together }, samples, forget, retain };
}

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

/** Learns to the end, and tells bytes that are left on the device. */
export async function learned(backend: Backend, how: BalancedSubnetSpec, together = 8): Promise<Subnet> {
  const data = dataOn(backend, together);
  const before = backend.deviceBytes();
  const learner = new SubnetLearner(backend, data, how);
  const subnet = await learner.learn(quiet);
  learner.release();
  expect(backend.deviceBytes()).toBe(before);
  return subnet;
}

const masksOf = ({ masks }: Subnet) => [...masks].map(([id, { bits }]) => [id, [...bits]] as const);

interface Exact {
  readonly curve: SubnetPoint[];
  readonly kept: ReadonlyMap<string, boolean[]>;
}

/** The method by its definition in float64: losses by loops, gradients by differences, masks by sorting. */
function inFloat64({ epochs, batch, rate, momentum, decay, drop, seed }: BalancedSubnetSpec): Exact {
  const reference = referenceModel(config, weights);
  const ids = [...modelOf().summary.linears.map(({ id }) => id)];
  const originals = new Map(linears.map((id) => [id, Float64Array.from(reference.weights.get(id)!)]));
  const dropped = Math.round(drop * 30);
  const scores = new Map(
    linears.map((id) => {
      const linear = modelOf().summary.linears.find((one) => one.id === id)!;
      return [id, Float64Array.from(initialScores(linear, new RandomStream(seed, ids.indexOf(id))))];
    }),
  );
  const velocity = new Map(linears.map((id) => [id, new Float64Array(30)]));
  const mask = () => {
    const kept = new Map<string, boolean[]>();
    for (const id of linears) {
      const keep = keptByOrder(Float32Array.from(scores.get(id)!), dropped);
      kept.set(id, keep);
      reference.weights.get(id)!.set(originals.get(id)!.map((weight, k) => (keep[k]! ? weight : 0)));
    }
    return kept;
  };
  const lossOf = (index: number) =>
    referenceLoss(reference, texts[index]!.slice(0, length), texts[index]!.slice(1)) / length;
  const schedule = new Schedule({ epochs, batch, rate, momentum, decay, seed }, texts.length, batch);
  const curve: SubnetPoint[] = [];
  const mean = (values: number[]) =>
    values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  while (!schedule.isDone) {
    const { indices } = schedule.part();
    mask();
    const signed = () => indices.reduce((sum, index) => sum + (index < forget ? -1 : 1) * lossOf(index), 0);
    curve.push({
      step: curve.length + 1,
      forget: mean(indices.filter((index) => index < forget).map(lossOf)),
      retain: mean(indices.filter((index) => index >= forget).map(lossOf)),
    });
    const slopes = new Map(
      linears.map((id) => {
        const values = reference.weights.get(id)!;
        const h = 1e-4;
        return [
          id,
          values.map((exact, k) => {
            const at = (step: number) => {
              values[k] = exact + step;
              const moved = signed();
              values[k] = exact;
              return moved;
            };
            return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
          }),
        ] as const;
      }),
    );
    for (const id of linears) {
      const [s, v, w, g] = [scores.get(id)!, velocity.get(id)!, originals.get(id)!, slopes.get(id)!];
      for (let k = 0; k < s.length; k++) {
        v[k] = momentum * v[k]! + decay * s[k]! + g[k]! * w[k]! * Math.sign(s[k]!);
        s[k] = s[k]! - rate * v[k]!;
      }
    }
    schedule.advance();
  }
  return { curve, kept: mask() };
}

function modelOf() {
  return olmo2Model({
    title: "",
    config,
    configJson: {},
    parameters: new Map(),
    tokenizer: undefined,
    training: undefined,
  });
}

/** What must hold of learning a mask on every backend. */
export function subnetLearnerClaims(backendOf: () => Promise<Backend>): void {
  describe("a mask", () => {
    it.each([
      ["whole batches", 8],
      ["batches in parts, the last of them not full", 2],
    ])("is learned as the definition has it in float64, losses and all: %s", async (_, together) => {
      const subnet = await learned(await backendOf(), spec, together);
      const exact = inFloat64(spec);
      const { curve, steps } = subnet.training;
      expect([curve.length, steps]).toEqual([9, 9]);
      for (const [i, point] of exact.curve.entries()) {
        for (const set of ["forget", "retain"] as const) {
          const [actual, expected] = [curve[i]![set], point[set]];
          if (expected === undefined) expect(actual).toBeUndefined();
          else expect(Math.abs(actual! - expected), `${set} at step ${i + 1}`).toBeLessThan(2e-5);
        }
      }
      const untrained = await learned(await backendOf(), { ...spec, epochs: 0 });
      expect(masksOf(subnet)).not.toEqual(masksOf(untrained));
      for (const [id, { bits, dropped }] of subnet.masks) {
        expect(dropped).toBe(6);
        expect(
          Array.from({ length: 30 }, (_value, k) => isKept(bits, k)),
          id,
        ).toEqual(exact.kept.get(id));
      }
    });

    it("is the same for the same seed, and another for another", async () => {
      const backend = await backendOf();
      const [first, again] = [await learned(backend, spec), await learned(backend, spec)];
      expect(masksOf(again)).toEqual(masksOf(first));
      expect(again.training).toEqual(first.training);
      const other = await learned(backend, { ...spec, seed: 8 });
      expect(masksOf(other)).not.toEqual(masksOf(first));
    });

    it("stopped within a batch goes on to the very end that an unstopped one has", async () => {
      const backend = await backendOf();
      const whole = await learned(backend, spec, 2);
      const controller = new AbortController();
      let runs = 0;
      const stopping: Backend = {
        ...backend,
        compile: async (graph, placement) => {
          const session = await backend.compile(graph, placement);
          return {
            ...session,
            run: (feeds) => {
              // The first of two parts of the second batch.
              if (++runs === 3) controller.abort(new DOMException("stopped", "AbortError"));
              return session.run(feeds);
            },
          };
        },
      };
      const learner = new SubnetLearner(stopping, dataOn(backend, 2), spec);
      await expect(learner.learn({ ...quiet, signal: controller.signal })).rejects.toThrow("stopped");
      expect(learner.training().curve).toHaveLength(1);
      const told: number[] = [];
      const resumed = await learner.learn({ ...quiet, onProgress: (done) => told.push(done) });
      expect(told).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      expect(resumed.training).toEqual(whole.training);
      expect(masksOf(resumed)).toEqual(masksOf(whole));
      learner.release();
    });

    it("begun anew from any of its states ends bit for bit as it would have", async () => {
      const backend = await backendOf();
      const learner = new SubnetLearner(backend, dataOn(backend, 2), spec);
      const states: SubnetState[] = [];
      const whole = await learner.learn(quiet, undefined, async () => {
        states.push(structuredClone(await learner.state()));
      });
      const end = await learner.state();
      learner.release();
      // 3 + 3 + 1 samples three times, two of them at once: two parts, two and one.
      expect(states).toHaveLength(15);
      for (const at of [0, 1, 4, 13]) {
        const resumed = new SubnetLearner(backend, dataOn(backend, 2), spec, states[at]);
        const starts: number[] = [];
        const subnet = await resumed.learn({ ...quiet, onStart: (done) => starts.push(done) });
        expect(starts).toEqual([states[at]!.curve.length]);
        expect(subnet.training).toEqual(whole.training);
        expect(masksOf(subnet)).toEqual(masksOf(whole));
        expect((await resumed.state()).linears).toEqual(end.linears);
        expect(subnet.seconds).toBeGreaterThan(states[at]!.milliseconds / 1000);
        resumed.release();
      }
    });

    it("leaves the weights of the model as they are", async () => {
      const backend = await backendOf();
      const data = dataOn(backend, 8);
      const learner = new SubnetLearner(backend, data, spec);
      await learner.learn(quiet);
      for (const [name, { data: before }] of weights)
        expect(await backend.download(data.model.parameters.get(name)!), name).toEqual(before);
      learner.release();
    });

    it("of a descent that leaves all bounds is refused with the way out", async () => {
      const backend = await backendOf();
      const data = dataOn(backend, 8);
      const broken = { ...data.model, parameters: new Map(data.model.parameters) };
      const name = "model.norm.weight";
      const [norm] = [...weights].filter(([key]) => key === name);
      const nothing = Float32Array.from(norm![1].data, () => Number.NaN);
      broken.parameters.set(name, backend.upload({ ...norm![1], data: nothing }));
      const learner = new SubnetLearner(backend, { ...data, model: broken }, spec);
      await expect(learner.learn(quiet)).rejects.toThrow("lower the learning rate");
      learner.release();
    });
  });
}
