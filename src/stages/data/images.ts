import { FIRST_VALIDATION_INDEX, givenLabel, isNoised } from "./label-noise";
import { classNames } from "./outlines";
import { GRID } from "./scene";
import { classOf, renderShape } from "./shapes";
import type { ImageDataSummary, ImageGroup, ImageRecord, ShapesSpec } from "./types";

/** Most images of each group to evaluate; a group that holds fewer gives all it has. */
export type GroupSizes = Readonly<Record<ImageGroup, number>>;

function record(spec: ShapesSpec, group: ImageGroup, index: number): ImageRecord {
  return {
    index,
    group,
    trueLabel: classOf(spec.seed, index, spec.classes),
    givenLabel: givenLabel(spec, index),
  };
}

/** The first training images that are noised, or that are not, in order of index. */
function trainingRecords(spec: ShapesSpec, noised: boolean, count: number): ImageRecord[] {
  const records: ImageRecord[] = [];
  for (let index = 0; index < spec.trainingImages && records.length < count; index++) {
    if (isNoised(spec, index) === noised) records.push(record(spec, noised ? "memorized" : "clean", index));
  }
  return records;
}

/**
 * The images an evaluation looks at: the first noised training images, the first clean ones, the first validation
 * images, in this order. A larger training set never changes which come first.
 */
export function imageRecords(spec: ShapesSpec, sizes: GroupSizes): ImageRecord[] {
  const validation = Math.min(sizes.validation, spec.validationImages);
  return [
    ...trainingRecords(spec, true, sizes.memorized),
    ...trainingRecords(spec, false, sizes.clean),
    ...Array.from({ length: validation }, (_, i) => record(spec, "validation", FIRST_VALIDATION_INDEX + i)),
  ];
}

/** What the model saw of a data set. */
export function summarize(spec: ShapesSpec): ImageDataSummary {
  let noisedImages = 0;
  for (let index = 0; index < spec.trainingImages; index++) if (isNoised(spec, index)) noisedImages++;
  return {
    modality: "images",
    classNames: classNames.slice(0, spec.classes),
    trainingImages: spec.trainingImages,
    noisedImages,
    validationImages: spec.validationImages,
  };
}

/** The model's input: [images, 3, 32, 32], each byte as (value/255 − ½) / ½. */
export function pixelValues(spec: ShapesSpec, indices: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const plane = GRID * GRID;
  const values = new Float32Array(indices.length * 3 * plane);
  for (let image = 0; image < indices.length; image++) {
    const pixels = renderShape(spec.seed, indices[image] ?? 0, GRID, spec.classes);
    for (let pixel = 0; pixel < plane; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        const byte = pixels[pixel * 3 + channel] ?? 0;
        values[(image * 3 + channel) * plane + pixel] = (byte / 255 - 0.5) / 0.5;
      }
    }
  }
  return values;
}
