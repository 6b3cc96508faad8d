import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyseBands } from "../../src/engine/bands";
import { Curvature } from "../../src/engine/curvature";
import { imageSamples } from "../../src/engine/images";
import type { BandGroups } from "../../src/engine/study";
import { memorySource } from "../../src/files/byte-source";
import { openSafetensors } from "../../src/files/safetensors";
import { createNodeBackend } from "../../src/runtime/node";
import { loadVit } from "../../src/stages/model/checkpoint";
import type { ImageModel } from "../../src/stages/model/types";
import { vitConfigJson } from "../../src/stages/model/vit-config";
import type { BandResponse } from "../../src/stages/spectrum/types";
import { tinyLinears, tinyRecipe, tinyVit, tinyWeights } from "../support/tiny-vit";

const context = { signal: new AbortController().signal, onProgress: () => undefined };
const averaged = 48;
/** Every third image in one group, all that are left and averaged in the other: a random network has learned neither. */
const memorized = Array.from({ length: 200 }, (_, i) => 3 * i);
const clean = Array.from({ length: averaged }, (_, i) => i).filter((i) => i % 3 !== 0);

describe("bands of two groups that no network tells apart", () => {
  const backend = createNodeBackend();
  const curvature = new Curvature(backend);
  const { data, factors } = tinyRecipe("");
  const samples = imageSamples(data);
  const linears = tinyLinears.slice(0, 1);
  const spec = { bandOrder: "lambda", bandTokens: "readout", bandNormalized: false } as const;
  let model: ImageModel;
  beforeAll(async () => {
    const weights = await openSafetensors(memorySource("tiny", tinyWeights(1)));
    const config = vitConfigJson(tinyVit);
    model = await loadVit(backend, { title: "tiny", config, weights, training: undefined }, context);
    const taps = { ...factors, linears, tokens: "readout" } as const;
    await curvature.collect("", model, samples, taps, averaged, context);
    await curvature.decompose("", model, linears, context);
  });
  afterAll(() => {
    curvature.release();
    model.release();
  });

  const analyse = (giveFactors: boolean, groups: Pick<BandGroups, "memorized" | "clean">) =>
    analyseBands(
      backend,
      { tapped: model, samples, ...groups, giveFactors },
      averaged,
      curvature.spectrum("", linears),
      spec,
      context,
    );
  const flattest = (responses: readonly BandResponse[] = []): number => {
    const last = responses.at(-1)!;
    return last.memorized / last.clean;
  };

  it("are over the images that the factors are averaged over, and told with their number", async () => {
    const { bands, samples: counts } = await analyse(true, { memorized, clean });
    expect(counts).toEqual({ memorized: averaged / 3, clean: clean.length });
    expect(Math.abs(Math.log2(flattest(bands[0]?.kfac)))).toBeLessThan(0.2);
    // The same groups whole: images that the factors do not know seem to respond more where it is flat.
    const whole = await analyse(false, { memorized, clean });
    expect(whole.samples).toEqual({ memorized: memorized.length, clean: clean.length });
    expect(flattest(whole.bands[0]?.kfac)).toBeGreaterThan(1.4);
    expect(Math.abs(Math.log2(flattest(whole.bands[0]?.svd)))).toBeLessThan(0.2);
  });

  it("are none where a group has no image among those averaged", async () => {
    const { bands, samples: counts } = await analyse(true, { memorized: [averaged, averaged + 1], clean });
    expect(bands).toEqual([]);
    expect(counts).toEqual({ memorized: 0, clean: clean.length });
  });
});
