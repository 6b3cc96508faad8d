import type { Backend } from "../runtime/backend";
import type { ImageRecord, Samples } from "../stages/data/types";
import type { Tapped } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { bandResponses } from "../stages/spectrum/band-response";
import { bandWeights, singularBandWeights, standardBands } from "../stages/spectrum/bands";
import { collectResponses } from "../stages/spectrum/responses";
import type { LinearBands, Spectrum, SpectrumSpec } from "../stages/spectrum/types";

/** Images of each group whose responses are averaged. */
const imagesPerGroup = 250;

interface Basis {
  readonly model: Tapped;
  readonly spectrum: Spectrum;
  readonly spec: SpectrumSpec;
  readonly source: Samples;
}

interface Evaluated {
  readonly records: readonly ImageRecord[];
  /** What the unedited model predicts for each record. */
  readonly predicted: Uint8Array;
}

/**
 * Responses of the standard bands to memorized and clean images (paper, section 3.1). Memorized are noised images whose
 * wrong label the unedited model gives: those it has learned by heart.
 */
export async function analyseBands(
  backend: Backend,
  { model, spectrum, spec, source }: Basis,
  { records, predicted }: Evaluated,
  context: StageContext,
): Promise<readonly LinearBands[]> {
  const pick = (group: "memorized" | "clean"): number[] =>
    records
      .filter((record, i) => record.group === group && predicted[i] === record.givenLabel)
      .slice(0, imagesPerGroup)
      .map(({ index }) => index);
  const [memorized, clean] = [pick("memorized"), pick("clean")];
  if (memorized.length === 0 || clean.length === 0) return [];
  const indices = [...memorized, ...clean];
  const responses = await collectResponses(backend, model, source, indices, spectrum, spec, context);
  return [...responses.values()].map(({ linear, kfac, singular }): LinearBands => {
    const basis = spectrum.kfac.get(linear.id);
    if (!basis) throw new Error(`bands: ${linear.id} has not been decomposed`);
    const split = (values: Float32Array, directions: number): Parameters<typeof bandResponses>[0][] => {
      const border = memorized.length * directions;
      return [
        { images: memorized.length, directions, values: values.subarray(0, border) },
        { images: clean.length, directions, values: values.subarray(border) },
      ];
    };
    const respond = (
      values: Float32Array,
      directions: number,
      weights: Parameters<typeof bandResponses>[2],
    ) => {
      const [ofMemorized, ofClean] = split(values, directions);
      return ofMemorized && ofClean ? bandResponses(ofMemorized, ofClean, weights) : [];
    };
    const ranks = singular.length / indices.length;
    return {
      linear: linear.id,
      kfac: respond(
        kfac,
        linear.inputs,
        standardBands.map((band) => ({
          band,
          weights: bandWeights(basis.lambda, basis.mu, band, spec.bandOrder),
        })),
      ),
      svd: respond(
        singular,
        ranks,
        standardBands.map((band) => ({ band, weights: singularBandWeights(ranks, band) })),
      ),
    };
  });
}
