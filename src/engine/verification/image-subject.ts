import type { ImageModel } from "../../stages/model/types";
import { addVit } from "../../stages/model/vit";
import { readVitConfig } from "../../stages/model/vit-config";
import { float32 } from "../../tensor/host-tensor";
import { formatShape, sameShape } from "../../tensor/shape";
import { LabError } from "../failure";
import type { Reference } from "./reference";
import type { Subject, View } from "./subject";

export const imageRemedy =
  "A reference holds pixel_values, labels (int32) and the tensors to compare, as tests/fixtures/vit-random does.";

/**
 * An image classifier with the labelled images of a reference.
 * @throws LabError if the images and labels do not fit the model.
 */
export function imageSubject(model: ImageModel, { samples: pixels, labels }: Reference): Subject {
  const images = labels.data.length;
  const expected = model.imageShape(images);
  if (pixels.dtype !== "float32" || labels.dtype !== "int32") {
    throw new LabError("expected.safetensors: pixel_values are no floats, or labels not int32.", imageRemedy);
  }
  if (!sameShape(pixels.shape, expected)) {
    throw new LabError(
      `expected.safetensors: pixel_values is ${formatShape(pixels.shape)}, but ${images} labels and config.json make it ${formatShape(expected)}.`,
      imageRemedy,
    );
  }
  const classes = model.summary.classNames.length;
  const wrong = labels.data.find((label) => label < 0 || label >= classes);
  if (wrong !== undefined) {
    throw new LabError(
      `expected.safetensors: labels holds ${wrong}, but the model has ${classes} classes.`,
      imageRemedy,
    );
  }
  const { data } = pixels;
  const size = data.length / images;
  const view: View = {
    tapped: model,
    source: {
      unit: "images",
      input: (indices) => {
        const chosen = new Float32Array(indices.length * size);
        indices.forEach((index, i) => {
          chosen.set(data.subarray(index * size, (index + 1) * size), i * size);
        });
        return float32(model.imageShape(indices.length), chosen);
      },
      labels: (indices) => Int32Array.from(indices, (index) => labels.data[index] ?? 0),
    },
  };
  const config = readVitConfig(model.config);
  return {
    input: "pixel_values",
    parameters: model.parameters,
    samples: images,
    whole: view,
    withLoss: view,
    forward: () => model.forward(images),
    add: (b) => addVit(b, config, images),
  };
}
