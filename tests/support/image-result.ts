import type { EditResult, ImageEditResult } from "../../src/engine/api";

/** The result of an edit of an image classifier; throws if it is of a language model. */
export function imageResult(result: EditResult): ImageEditResult {
  if (result.modality !== "images") throw new TypeError("expected a result of an image classifier");
  return result;
}
