import { afterAll, describe, expect, it } from "vitest";
import { imageSamples } from "../../../src/engine/images";
import { memorySource } from "../../../src/files/byte-source";
import { openSafetensors } from "../../../src/files/safetensors";
import type { Backend } from "../../../src/runtime/backend";
import type { DeviceTensor } from "../../../src/runtime/device-tensor";
import { correctedCurvature } from "../../../src/stages/factors/corrected";
import type { TapChoice } from "../../../src/stages/factors/types";
import { loadVit } from "../../../src/stages/model/checkpoint";
import type { ImageModel, LinearId } from "../../../src/stages/model/types";
import { vitConfigJson } from "../../../src/stages/model/vit-config";
import { float32, int32 } from "../../../src/tensor/host-tensor";
import { leastStopDelay } from "../../support/least-stop-delay";
import { randomOrthogonal, relativeDistance } from "../../support/matrices";
import { tinyLinears, tinyRecipe, tinyVit, tinyWeights } from "../../support/tiny-vit";

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const source = imageSamples(tinyRecipe("").data);
const query = "vit.encoder.layer.0.attention.attention.query.weight";
const [first = ""] = tinyLinears;
const linears = [...tinyLinears, query, query.replace("query", "key")];

interface Basis {
  readonly UA: Float32Array<ArrayBuffer>;
  readonly UG: Float32Array<ArrayBuffer>;
}

/** What holds of the corrected curvature on any backend. */
export function claimCorrected(open: () => Promise<Backend>): void {
  describe("corrected curvature", { timeout: 120_000 }, () => {
    let shared: Promise<{ backend: Backend; model: ImageModel }> | undefined;
    const lab = () =>
      (shared ??= open().then(async (backend) => {
        const weights = await openSafetensors(memorySource("tiny", tinyWeights()));
        const checkpoint = { title: "tiny", config: vitConfigJson(tinyVit), weights, training: undefined };
        return { backend, model: await loadVit(backend, checkpoint, quiet) };
      }));
    afterAll(async () => {
      const { backend, model } = await lab();
      model.release();
      expect(backend.deviceBytes()).toBe(0);
    });

    const bases = new Map<LinearId, Basis>();
    function basisOf(id: LinearId, model: ImageModel): Basis {
      const { inputs, outputs } = model.summary.linears.find((one) => one.id === id)!;
      const known = bases.get(id) ?? {
        UA: Float32Array.from(randomOrthogonal(inputs, 7)),
        UG: Float32Array.from(randomOrthogonal(outputs, 100 + bases.size)),
      };
      bases.set(id, known);
      return known;
    }

    /** Uploads the bases; linears that read the same inputs share theirs, as they do in the lab. */
    async function corrected(spec: TapChoice, samples: number, signal = quiet.signal) {
      const { backend, model } = await lab();
      const uploaded = new Map<LinearId, { UA: DeviceTensor; UG: DeviceTensor }>();
      const byInput = new Map<string, DeviceTensor>();
      for (const { linear, a } of model.taps(model.tapBatch, spec.linears, spec.labels).taps) {
        const { UA, UG } = basisOf(linear.id, model);
        const shared = byInput.get(a) ?? backend.upload(float32([linear.inputs, linear.inputs], UA));
        byInput.set(a, shared);
        const outs = backend.upload(float32([linear.outputs, linear.outputs], UG));
        uploaded.set(linear.id, { UA: shared, UG: outs });
      }
      try {
        const context = { signal, onProgress: quiet.onProgress };
        const result = await correctedCurvature(backend, model, source, spec, samples, uploaded, context);
        const values = new Map<LinearId, Float32Array>();
        for (const [id, tensor] of result) {
          values.set(id, await backend.download(tensor));
          tensor.release();
        }
        return values;
      } finally {
        for (const tensor of byInput.values()) tensor.release();
        for (const { UG } of uploaded.values()) UG.release();
      }
    }

    /** Mean over rows of (u·g)²(v·a)² in float64, from taps of all samples in one run. */
    async function direct(spec: TapChoice, samples: number): Promise<Map<LinearId, Float64Array>> {
      const { backend, model } = await lab();
      const taps = model.taps(samples, spec.linears, "gold");
      const indices = Array.from({ length: samples }, (_, i) => i);
      const fed = {
        [taps.input]: backend.upload(source.input(indices)),
        labels: backend.upload(int32([samples], source.labels(indices))),
      };
      const session = await backend.compile(taps.graph, "device");
      const outputs = await session.run({ ...Object.fromEntries(model.parameters), ...fed });
      const read = new Map<string, Float32Array>();
      for (const [name, tensor] of Object.entries(outputs)) {
        read.set(name, await backend.download(tensor));
        tensor.release();
      }
      for (const tensor of Object.values(fed)) tensor.release();
      await session.release();
      const result = new Map<LinearId, Float64Array>();
      for (const { linear, a, g } of taps.taps) {
        const { inputs, outputs: outs } = linear;
        const { UA, UG } = basisOf(linear.id, model);
        const [as, gs] = [read.get(a)!, read.get(g)!];
        const tokens = as.length / inputs / samples;
        const mixes = linear.role === "key" || linear.role === "value";
        const step = spec.tokens === "readout" && !mixes ? tokens : 1;
        const mean = new Float64Array(outs * inputs);
        let rows = 0;
        for (let row = 0; row < samples * tokens; row += step, rows++) {
          for (let j = 0; j < outs; j++) {
            let along = 0;
            for (let k = 0; k < outs; k++) along += UG[j * outs + k]! * gs[row * outs + k]!;
            for (let i = 0; i < inputs; i++) {
              let across = 0;
              for (let k = 0; k < inputs; k++) across += UA[i * inputs + k]! * as[row * inputs + k]!;
              mean[j * inputs + i]! += along ** 2 * across ** 2;
            }
          }
        }
        result.set(
          linear.id,
          mean.map((sum) => sum / rows),
        );
      }
      return result;
    }

    it.each(["all", "readout"] as const)(
      "over %s tokens is the mean of (u·g)²(v·a)² in float64, whatever the batches",
      async (tokens) => {
        const spec: TapChoice = { linears, tokens, labels: "gold", seed: 1 };
        // Not a whole number of batches.
        const samples = 41;
        const expected = await direct(spec, samples);
        const actual = await corrected(spec, samples);
        expect([...actual.keys()].sort()).toEqual([...linears].sort());
        for (const [id, values] of actual)
          expect(relativeDistance(values, expected.get(id)!), id).toBeLessThan(1e-5);
      },
    );

    it("is not the product of the two means, which K-FAC takes", async () => {
      const spec: TapChoice = { linears: [first], tokens: "all", labels: "gold", seed: 1 };
      const { inputs, outputs } = (await lab()).model.summary.linears.find(({ id }) => id === first)!;
      const values = (await corrected(spec, 32)).get(first)!;
      const rows = Array.from({ length: outputs }, (_, j) =>
        values.subarray(j * inputs, (j + 1) * inputs).reduce((sum, value) => sum + value, 0),
      );
      const columns = Array.from({ length: inputs }, (_, i) =>
        rows.reduce((sum, _, j) => sum + values[j * inputs + i]!, 0),
      );
      const total = rows.reduce((sum, value) => sum + value, 0);
      const independent = values.map(
        (_, at) => (rows[Math.floor(at / inputs)]! * columns[at % inputs]!) / total,
      );
      expect(relativeDistance(independent, values)).toBeGreaterThan(0.01);
    });

    it("of sampled labels is the same every time, and another with another seed", async () => {
      const spec: TapChoice = { linears: [query], tokens: "all", labels: "sampled", seed: 1 };
      const first = (await corrected(spec, 24)).get(query)!;
      expect((await corrected(spec, 24)).get(query)).toEqual(first);
      const other = (await corrected({ ...spec, seed: 2 }, 24)).get(query)!;
      expect(relativeDistance(other, first)).toBeGreaterThan(1e-3);
    });

    it("stops within 200 ms of an abort and holds nothing then", async () => {
      const { backend } = await lab();
      const before = backend.deviceBytes();
      const spec: TapChoice = { linears, tokens: "all", labels: "sampled", seed: 1 };
      const delay = await leastStopDelay((signal) => corrected(spec, 100_000, signal), 150);
      expect(delay).toBeLessThan(200);
      expect(backend.deviceBytes()).toBe(before);
    });
  });
}
