import type { Session } from "../runtime/session";
import type { Backend } from "../runtime/backend";
import type { DeviceTensor } from "../runtime/device-tensor";
import { turn } from "../runtime/turn";
import { hostFloats } from "../runtime/device-tensor";
import { float32 } from "../tensor/host-tensor";

/** Class with the largest logit of every image; `pixels` is [images, …] in one array. */
export async function predict(
  backend: Backend,
  forward: Session,
  weights: Readonly<Record<string, DeviceTensor>>,
  pixels: Float32Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const [input] = forward.graph.inputs;
  const [output] = forward.graph.outputs;
  if (!input || !output) throw new Error("predict: expected a graph with an input and an output");
  const batch = input.shape[0] ?? 1;
  const classes = output.shape[1] ?? 1;
  const imageSize = input.shape.slice(1).reduce((product, size) => product * size, 1);
  const images = pixels.length / imageSize;
  const labels = new Uint8Array(images);
  for (let start = 0; start < images; start += batch) {
    await turn();
    signal?.throwIfAborted();
    const chunk = new Float32Array(batch * imageSize);
    chunk.set(pixels.subarray(start * imageSize, (start + batch) * imageSize));
    const fed = backend.upload(float32(input.shape, chunk));
    const outputs = await forward.run({ ...weights, [input.name]: fed });
    fed.release();
    const result = outputs[output.name];
    if (!result) throw new Error("predict: the graph gave no logits");
    const logits = hostFloats(result);
    for (let i = 0; i < Math.min(batch, images - start); i++) {
      let best = 0;
      for (let c = 1; c < classes; c++) {
        if ((logits[i * classes + c] ?? 0) > (logits[i * classes + best] ?? 0)) best = c;
      }
      labels[start + i] = best;
    }
    result.release();
  }
  return labels;
}

/** Share of predictions that equal their label. */
export function accuracy(predicted: Uint8Array, labels: readonly number[]): number {
  let right = 0;
  labels.forEach((label, i) => {
    if (predicted[i] === label) right++;
  });
  return labels.length === 0 ? 0 : right / labels.length;
}
