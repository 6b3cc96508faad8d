import { expect, it } from "vitest";
import { imageSamples } from "../../../src/engine/images";
import { memorySource } from "../../../src/files/byte-source";
import { openSafetensors } from "../../../src/files/safetensors";
import { createNodeBackend } from "../../../src/runtime/node";
import { FactorSums } from "../../../src/stages/factors/collect";
import { loadVit } from "../../../src/stages/model/checkpoint";
import { vitConfigJson } from "../../../src/stages/model/vit-config";
import { tinyRecipe, tinyVit, tinyWeights } from "../../support/tiny-vit";

const attention = (role: string): string => `vit.encoder.layer.0.attention.attention.${role}.weight`;
const linears = ["query", "key", "value"].map(attention);
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

it.each([
  ["readout", { query: 20, key: 100, value: 100 }, 2],
  ["all", { query: 100, key: 100, value: 100 }, 1],
] as const)(
  "over %s tokens, linears that read the same rows share their A, and no others do",
  async (tokens, rows, sums) => {
    const backend = createNodeBackend();
    const weights = await openSafetensors(memorySource("tiny", tinyWeights()));
    const checkpoint = { title: "tiny", config: vitConfigJson(tinyVit), weights, training: undefined };
    const model = await loadVit(backend, checkpoint, quiet);
    const factors = new FactorSums(backend, model, { linears, tokens, labels: "sampled", seed: 1 });
    await factors.collect(imageSamples(tinyRecipe("").data), 20, quiet);
    for (const [role, count] of Object.entries(rows)) {
      const { A, G } = factors.linears.get(attention(role))!;
      expect([A.count, G.count], role).toEqual([count, count]);
    }
    expect(new Set(linears.map((id) => factors.linears.get(id)!.A)).size).toBe(sums);
    factors.release();
  },
);
