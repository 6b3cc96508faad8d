import type { TextTokenizer } from "./types";

/** How often progress is told, in documents. */
const REPORT_EVERY = 1000;

/** Token ids of the documents one after the other, each with the end of text before it. */
export function tokenStream(
  documents: readonly string[],
  tokenizer: TextTokenizer,
  onProgress?: (done: number, total: number) => void,
): Int32Array<ArrayBuffer> {
  if (documents.length === 0) throw new RangeError("tokenStream: expected at least one document");
  /** Repeated documents are encoded once. */
  const encoded = new Map<string, readonly number[]>();
  const parts = documents.map((document, i) => {
    let ids = encoded.get(document);
    if (!ids) encoded.set(document, (ids = tokenizer.encode(document)));
    if ((i + 1) % REPORT_EVERY === 0 || i + 1 === documents.length) onProgress?.(i + 1, documents.length);
    return ids;
  });
  const stream = new Int32Array(parts.reduce((sum, ids) => sum + 1 + ids.length, 0));
  let at = 0;
  for (const ids of parts) {
    stream[at] = tokenizer.endOfText;
    stream.set(ids, at + 1);
    at += 1 + ids.length;
  }
  return stream;
}

/** Windows of `length` tokens that start `stride` apart; a last one that is not full is left out. */
export function windows(
  stream: Int32Array<ArrayBuffer>,
  length: number,
  stride: number,
): readonly Int32Array<ArrayBuffer>[] {
  if (!(Number.isInteger(length) && length >= 1 && Number.isInteger(stride) && stride >= 1)) {
    throw new RangeError(
      `windows: expected whole numbers from 1 up, got length ${length} and stride ${stride}`,
    );
  }
  const count = Math.max(0, Math.floor((stream.length - length) / stride) + 1);
  return Array.from({ length: count }, (_, i) => stream.subarray(i * stride, i * stride + length));
}
