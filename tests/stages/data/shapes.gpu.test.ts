import { expect, it } from "vitest";
import { renderShape } from "../../../src/stages/data/shapes";
import { compareBytes, goldenImages } from "./golden";

it("the browser draws the bytes that NumPy draws", () => {
  for (const { seed, index, pixels } of goldenImages) {
    const { largest, equalShare } = compareBytes(renderShape(seed, index), pixels);
    expect(largest, `image ${String(index)} of seed ${String(seed)}`).toBeLessThanOrEqual(1);
    expect(equalShare, `image ${String(index)} of seed ${String(seed)}`).toBeGreaterThan(0.999);
  }
});
