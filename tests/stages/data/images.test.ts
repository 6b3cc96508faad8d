import { describe, expect, it } from "vitest";
import { imageRecords, pixelValues, summarize } from "../../../src/stages/data/images";
import { FIRST_VALIDATION_INDEX, isNoised } from "../../../src/stages/data/label-noise";
import type { ShapesSpec } from "../../../src/stages/data/types";
import { goldenImages } from "./golden";

const spec: ShapesSpec = {
  kind: "shapes",
  seed: 1001,
  trainingImages: 300,
  validationImages: 50,
  labelNoise: 0.2,
  classes: 10,
};

describe("imageRecords", () => {
  it("lists the first noised, the first clean and the first validation images, in this order", () => {
    const records = imageRecords(spec, { memorized: 7, clean: 5, validation: 3 });
    expect(records.map(({ group }) => group)).toEqual([
      ...new Array<string>(7).fill("memorized"),
      ...new Array<string>(5).fill("clean"),
      ...new Array<string>(3).fill("validation"),
    ]);
    const indices = Array.from({ length: spec.trainingImages }, (_, index) => index);
    expect(records.slice(0, 7).map(({ index }) => index)).toEqual(
      indices.filter((index) => isNoised(spec, index)).slice(0, 7),
    );
    expect(records.slice(7, 12).map(({ index }) => index)).toEqual(
      indices.filter((index) => !isNoised(spec, index)).slice(0, 5),
    );
    expect(records.slice(12).map(({ index }) => index)).toEqual(
      [0, 1, 2].map((i) => FIRST_VALIDATION_INDEX + i),
    );
  });

  it("gives a wrong label to memorized images and to no other", () => {
    for (const { group, trueLabel, givenLabel } of imageRecords(spec, {
      memorized: 30,
      clean: 30,
      validation: 30,
    })) {
      expect(givenLabel !== trueLabel).toBe(group === "memorized");
    }
  });

  it("gives all there are when a group is smaller than asked for", () => {
    const { noisedImages } = summarize(spec);
    const groups = imageRecords(spec, { memorized: 1e6, clean: 1e6, validation: 1e6 }).map(
      ({ group }) => group,
    );
    expect(groups.filter((group) => group === "memorized")).toHaveLength(noisedImages);
    expect(groups.filter((group) => group === "clean")).toHaveLength(300 - noisedImages);
    expect(groups.filter((group) => group === "validation")).toHaveLength(50);
  });
});

describe("pixelValues", () => {
  it("holds the NumPy images as planes of red, green and blue in -1..1", () => {
    const [first, second] = goldenImages;
    const values = pixelValues({ ...spec, seed: first!.seed }, [first!.index, second!.index]);
    expect(values).toHaveLength(2 * 3 * 1024);
    [first!, second!].forEach(({ pixels }, image) => {
      for (let channel = 0; channel < 3; channel++) {
        for (let pixel = 0; pixel < 1024; pixel++) {
          const expected = pixels[pixel * 3 + channel]! / 127.5 - 1;
          const actual = values[(image * 3 + channel) * 1024 + pixel]!;
          // One level is 2/255.
          expect(Math.abs(actual - expected)).toBeLessThan(2 / 255 + 1e-6);
        }
      }
    });
  });
});

describe("summarize", () => {
  it("counts the noised images and names the classes used", () => {
    const { noisedImages, classNames, ...counts } = summarize({ ...spec, classes: 3 });
    expect(noisedImages).toBeGreaterThan(30);
    expect(noisedImages).toBeLessThan(90);
    expect(classNames).toEqual(["circle", "square", "triangle"]);
    expect(counts).toEqual({ modality: "images", trainingImages: 300, validationImages: 50 });
  });
});
