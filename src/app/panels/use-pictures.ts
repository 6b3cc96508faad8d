import { useEffect, useState } from "react";
import { useLab } from "../state/lab";
import { drawImages } from "../state/run-recipe";

/** Twice the size on the page, for fine screens. */
const pixels = 144;

const nothing: ReadonlyMap<number, ImageData> = new Map();

/** Pictures by image index; empty until they are drawn, and for good if the engine cannot start. */
export function usePictures(indices: readonly number[]): ReadonlyMap<number, ImageData> {
  const data = useLab((lab) => lab.recipe.recipe?.data);
  const [drawn, setDrawn] = useState<{
    readonly key: string;
    readonly pictures: ReadonlyMap<number, ImageData>;
  }>();
  const wanted = JSON.stringify([data, indices]);
  useEffect(() => {
    const { recipe } = useLab.getState().recipe;
    const [, list] = JSON.parse(wanted) as [unknown, number[]];
    if (recipe === undefined || list.length === 0) return;
    let gone = false;
    drawImages(recipe, list, pixels)
      .then((bytes) => {
        if (gone) return;
        const length = 4 * pixels * pixels;
        const pictures = list.map((index, at) => {
          const one = new Uint8ClampedArray(bytes.slice(at * length, (at + 1) * length));
          return [index, new ImageData(one, pixels, pixels)] as const;
        });
        setDrawn({ key: wanted, pictures: new Map(pictures) });
      })
      // The tile's words stand without its picture; the device notice says why the engine is missing.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [wanted]);
  return drawn?.pictures ?? nothing;
}
