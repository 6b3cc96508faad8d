import type { ImageRecipe } from "../../recipe/schema";
import type { Backend } from "../../runtime/backend";
import type { ShapesSpec } from "../../stages/data/types";
import type { LinearId } from "../../stages/model/types";
import { vitConfigJson, type VitConfig } from "../../stages/model/vit-config";
import { vitModel } from "../../stages/model/vit-model";
import { vitParameters } from "../../stages/model/vit";
import type { StageContext } from "../../stages/progress";
import type { LinearBands, SpectrumSpec } from "../../stages/spectrum/types";
import type { FloatTensor } from "../../tensor/host-tensor";
import { trainedWeights } from "../../training/checkpoint-files";
import { analyseBands } from "../bands";
import { Curvature } from "../curvature";
import { imageSubject } from "../image-study";

/** What the bands of weights are computed from; all of it is little, since it is done again and again. */
export interface BandPlan {
  readonly linears: readonly LinearId[];
  /** Images the factors are averaged over. */
  readonly factorImages: number;
  /** Images of each group that are looked at, at most. */
  readonly groupImages: number;
  readonly spectra: readonly SpectrumSpec[];
}

export interface BandsOfWeights {
  /** By position in `spectra`; empty where either group is. */
  readonly bands: readonly (readonly LinearBands[])[];
  /** Wrongly labelled images that get their wrong label, of those looked at that the factors are averaged over. */
  readonly memorizedImages: number;
}

const noLabels = { seed: 1, labels: "sampled", tokens: "readout" } as const;

/** Band responses of weights on the host, from a factor collection of their own. */
export async function bandsOfWeights(
  backend: Backend,
  config: VitConfig,
  data: ShapesSpec,
  tensors: ReadonlyMap<string, FloatTensor>,
  { linears, factorImages, groupImages, spectra }: BandPlan,
  context: StageContext,
): Promise<BandsOfWeights> {
  const [spectrum] = spectra;
  if (!spectrum) return { bands: [], memorizedImages: 0 };
  const weights = trainedWeights(vitParameters(config).keys(), tensors);
  const model = vitModel({
    title: "in training",
    config,
    configJson: vitConfigJson(config),
    parameters: new Map([...weights].map(([name, tensor]) => [name, backend.upload(tensor)])),
    training: undefined,
  });
  const recipe: ImageRecipe = {
    version: 1,
    title: "in training",
    data,
    model: { kind: "trained", id: "" },
    factors: { ...noLabels, linears, images: factorImages },
    spectrum,
    edits: [{ method: "none" }],
    evaluation: { clean: groupImages, memorized: groupImages, validation: 1 },
  };
  const curvature = new Curvature(backend);
  try {
    const study = imageSubject(recipe).with(model);
    const evaluation = await study.prepare(backend, context);
    try {
      const source = await study.samples(context);
      await curvature.collect("", study.tapped, source, recipe.factors, factorImages, context);
      const decomposed = await curvature.decompose("", study.tapped, linears, context);
      const bands: (readonly LinearBands[])[] = [];
      let memorizedImages = 0;
      for (const spec of spectra) {
        const one = await analyseBands(backend, evaluation.bands, factorImages, decomposed, spec, context);
        bands.push(one.bands);
        memorizedImages = one.samples.memorized;
      }
      return { bands, memorizedImages };
    } finally {
      await evaluation.release();
    }
  } finally {
    curvature.release();
    model.release();
  }
}
