import { piecesOf } from "./pieces";

/** The parts of a document that goes on until it is long enough. */
export interface Parts {
  readonly head: string;
  /** Between the parts: a space or a line break. */
  readonly separator: " " | "\n";
  readonly next: () => string;
  readonly tail?: string;
}

/** A document of at least `pieces` pieces; it ends with the part that reaches them. */
export function webDocument(pieces: number, { head, separator, next, tail }: Parts): string {
  const parts = [head];
  let count = piecesOf(head).length;
  while (count < pieces) {
    const part = next();
    parts.push(part);
    // No piece reaches over a separator from the left, so pieces of parts add up.
    count += piecesOf(separator + part).length;
  }
  if (tail !== undefined) parts.push(tail);
  return parts.join(separator);
}
