import { describe, expect, it } from "vitest";
import { bandsOfWeights } from "../../../src/engine/training/bands-of-weights";
import { settingsRecipe } from "../../../src/engine/training/settings-recipe";
import { createNodeBackend } from "../../../src/runtime/node";
import { imageRecords } from "../../../src/stages/data/images";
import { initialVitWeights } from "../../../src/training/vit-weights";
import { tinyTraining } from "../../support/tiny-training";

describe("bands of weights", () => {
  it(
    "compare only images that the factors are averaged over, in the order asked for",
    { timeout: 60_000 },
    async () => {
      const { model, data } = settingsRecipe(tinyTraining);
      // A head that says one class whatever it sees: memorized are the wrongly labelled images of that label.
      const tensors = initialVitWeights(model, 1);
      const bias = tensors.get("classifier.bias")!.data;
      bias[4] = 100;
      const spectra = (["lambda", "product"] as const).map((bandOrder) => ({
        bandOrder,
        bandTokens: "readout" as const,
        bandNormalized: false,
      }));
      const linears = ["vit.encoder.layer.0.output.dense.weight"];
      const of = (factorImages: number) =>
        bandsOfWeights(
          createNodeBackend(),
          model,
          data,
          tensors,
          { linears, factorImages, groupImages: 250, spectra },
          { signal: new AbortController().signal, onProgress: () => undefined },
        );
      const records = imageRecords(data, { memorized: 250, clean: 250, validation: 1 });
      for (const factorImages of [128, 512]) {
        const among = records.filter(
          ({ group, givenLabel, index }) => group === "memorized" && givenLabel === 4 && index < factorImages,
        );
        const { bands, memorizedImages } = await of(factorImages);
        expect(memorizedImages).toBe(among.length);
        expect(memorizedImages).toBeGreaterThan(0);
        expect(bands).toHaveLength(2);
        for (const [one] of bands) expect(one?.linear).toBe(linears[0]);
        // By λ alone a band has whole directions, by λμ parts of them: the two differ.
        expect(bands[0]).not.toEqual(bands[1]);
      }
    },
  );
});
