import type { Backend } from "../runtime/backend";
import type { StageContext } from "../stages/progress";
import { bandResponses } from "../stages/spectrum/band-response";
import { bandWeights, singularBandWeights, standardBands } from "../stages/spectrum/bands";
import { collectResponses } from "../stages/spectrum/responses";
import type { LinearBands, Spectrum, SpectrumSpec } from "../stages/spectrum/types";
import type { BandGroups } from "./study";

/** Responses of the standard bands to memorized and clean samples (paper, section 3.1). */
export async function analyseBands(
  backend: Backend,
  { tapped, samples, memorized, clean }: BandGroups,
  spectrum: Spectrum,
  spec: SpectrumSpec,
  context: StageContext,
): Promise<readonly LinearBands[]> {
  if (memorized.length === 0 || clean.length === 0) return [];
  const indices = [...memorized, ...clean];
  const responses = await collectResponses(backend, tapped, samples, indices, spectrum, spec, context);
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
