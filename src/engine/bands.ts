import type { Backend } from "../runtime/backend";
import type { StageContext } from "../stages/progress";
import { bandResponses } from "../stages/spectrum/band-response";
import { bandWeights, singularBandWeights, standardBands } from "../stages/spectrum/bands";
import { collectResponses } from "../stages/spectrum/responses";
import type { BandSamples, LinearBands, Spectrum, SpectrumSpec } from "../stages/spectrum/types";
import type { BandGroups } from "./study";

export interface GroupBands {
  /** By linear; empty where one of the groups is. */
  readonly bands: readonly LinearBands[];
  readonly samples: BandSamples;
}

/**
 * The groups without the samples that factors are not averaged over, where they are averaged over others of the same
 * set. Directions found flat are flat for the averaged samples above all: were one group among them and the other not,
 * the other would seem to respond more in flat bands, memorized or not.
 */
function amongAveraged({ memorized, clean, giveFactors }: BandGroups, averaged: number) {
  const fair = (index: number): boolean => !giveFactors || index < averaged;
  return { memorized: memorized.filter(fair), clean: clean.filter(fair) };
}

/**
 * Responses of the standard bands to memorized and clean samples (paper, section 3.1). `averaged` is how many samples
 * the factors behind the spectrum are averaged over.
 */
export async function analyseBands(
  backend: Backend,
  groups: BandGroups,
  averaged: number,
  spectrum: Spectrum,
  spec: SpectrumSpec,
  context: StageContext,
): Promise<GroupBands> {
  const { memorized, clean } = amongAveraged(groups, averaged);
  const counts = { memorized: memorized.length, clean: clean.length };
  if (counts.memorized === 0 || counts.clean === 0) return { bands: [], samples: counts };
  const { tapped, samples } = groups;
  const indices = [...memorized, ...clean];
  const responses = await collectResponses(backend, tapped, samples, indices, spectrum, spec, context);
  const bands = [...responses.values()].map(({ linear, kfac, singular }): LinearBands => {
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
  return { bands, samples: counts };
}
