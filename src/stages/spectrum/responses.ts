import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { Samples } from "../data/types";
import type { Linear, LinearId, Tapped } from "../model/types";
import { evenBatch } from "../even-batch";
import type { StageContext } from "../progress";
import type { Spectrum, SpectrumSpec } from "./types";

/** Mean |v·x| of every sample (rows) along every direction (columns) of a linear's two bases. */
export interface LinearResponses {
  readonly linear: Linear;
  /** [samples, d_in], eigenvectors of A. */
  readonly kfac: Float32Array<ArrayBuffer>;
  /** [samples, min(d_in, d_out)], right singular vectors of W. */
  readonly singular: Float32Array<ArrayBuffer>;
}

/** Projects the inputs of every decomposed linear onto its eigenvectors and singular vectors (paper, section 3.1). */
export async function collectResponses(
  backend: Backend,
  model: Tapped,
  source: Samples,
  indices: readonly number[],
  spectrum: Spectrum,
  spec: SpectrumSpec,
  context: StageContext,
): Promise<ReadonlyMap<LinearId, LinearResponses>> {
  const ids = [...spectrum.kfac.keys()];
  const batchSize = evenBatch(indices.length, model.tapBatch);
  const taps = model.activations(batchSize, ids);
  const session = await backend.compile(taps.graph, "device");
  const responses = new Map(
    taps.taps.map(({ linear }) => {
      const directions = Math.min(linear.inputs, linear.outputs);
      const kfac = new Float32Array(indices.length * linear.inputs);
      return [linear.id, { linear, kfac, singular: new Float32Array(indices.length * directions) }];
    }),
  );
  try {
    for (let start = 0; start < indices.length; start += batchSize) {
      const chunk = indices.slice(start, start + batchSize);
      const count = chunk.length;
      while (chunk.length < batchSize) chunk.push(chunk[0] ?? 0);
      const fed = backend.upload(source.input(chunk));
      const feeds = { ...Object.fromEntries(model.parameters), [taps.input]: fed };
      const held: DeviceTensor[] = [fed];
      try {
        // Not left at an abort: the run reads buffers that others release.
        const outputs = await session.run(feeds);
        held.push(...Object.values(outputs));
        for (const { linear, a } of taps.taps) {
          const x = outputs[a];
          const target = responses.get(linear.id);
          const kfac = spectrum.kfac.get(linear.id);
          const singular = spectrum.singular.get(linear.id);
          if (!x || !target || !kfac || !singular)
            throw new Error(`spectrum: no activations of ${linear.id}`);
          const perImage = (x.shape[0] ?? 0) / batchSize;
          // The class token is the first row of an image, so a stride of all its rows picks it out.
          const rows =
            spec.bandTokens === "readout"
              ? { images: count, perImage: 1, stride: perImage }
              : { images: count, perImage, stride: 1 };
          const { linearAlgebra } = backend;
          target.kfac.set(
            await linearAlgebra.meanResponse(x, rows, kfac.UA, spec.bandNormalized),
            start * linear.inputs,
          );
          target.singular.set(
            await linearAlgebra.meanResponse(x, rows, singular.right, spec.bandNormalized),
            start * singular.sigma.length,
          );
          context.signal.throwIfAborted();
        }
      } finally {
        for (const tensor of held) tensor.release();
      }
      context.onProgress(start + count, indices.length, source.unit);
    }
    return responses;
  } finally {
    await session.release();
  }
}
