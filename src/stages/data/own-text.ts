import { FileError } from "../../files/file-error";

/** A text that a person gives: its bytes are checked, and it is read in pieces, so that long texts can be stopped. */

export type OwnTextCode = "too-large" | "not-utf8" | "empty" | "too-short" | "missing" | "unknown-tokens";

export class OwnTextError extends FileError<OwnTextCode> {}

/** About five million tokens: fifty times what factors are usually averaged over. */
export const mostTextBytes = 20_000_000;

const GIVE_TEXT = "Give a plain text, such as a chapter of a book.";

/**
 * The text of a file. A byte order mark at its start is left out.
 * @throws OwnTextError if it is too large, not UTF-8, or has nothing but white space.
 */
export function readOwnText(name: string, bytes: Uint8Array<ArrayBuffer>): string {
  checkTextSize(name, bytes.byteLength);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notUtf8(name, bytes, cause);
  }
  if (text.trim() === "") {
    const what = text === "" ? "is empty" : "has nothing but white space";
    throw new OwnTextError("empty", `${name} ${what}.`, GIVE_TEXT);
  }
  return text;
}

/** Also before a file is read. */
export function checkTextSize(name: string, bytes: number): void {
  if (bytes <= mostTextBytes) return;
  throw new OwnTextError(
    "too-large",
    `${name} has ${(bytes / 1e6).toFixed(1)} MB; a text may have ${(mostTextBytes / 1e6).toFixed(0)} MB, about five million tokens.`,
    "Give a part of it.",
  );
}

function notUtf8(name: string, bytes: Uint8Array<ArrayBuffer>, cause: unknown): OwnTextError {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) {
    return new OwnTextError("not-utf8", `${name} is UTF-16 text.`, "Save it as UTF-8.", { cause });
  }
  const at = firstBadByte(bytes);
  const value = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  const where = at < bytes.length ? `byte ${at + 1} is 0x${value}` : "it ends in the middle of a character";
  return new OwnTextError(
    "not-utf8",
    `${name} is not UTF-8 text: ${where}.`,
    "Save it as UTF-8, or give a plain text file.",
    { cause },
  );
}

/** Bytes before the first sequence that is no UTF-8; all of them if only the end is missing. */
function firstBadByte(bytes: Uint8Array<ArrayBuffer>): number {
  /** As a stream, a character that is cut off at the end may go on. */
  const isGood = (count: number, stream = true): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, count), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (middle <= bytes.length && isGood(middle)) good = middle;
    else bad = middle;
  }
  if (good === bytes.length) return good;
  // The fault is the first byte of a character that does not go on as it must.
  while (!isGood(good, false)) good--;
  return good;
}

/** Characters of one piece at the most: a few milliseconds of a tokenizer's work. */
const longestPiece = 8192;

/**
 * The text in pieces whose tokens, one after the other, are those of the whole: byte-pair tokenizers never join a letter
 * and the space after it. Only where a piece would be longer than 8,192 characters is it cut elsewhere, and there a word
 * of such length may have one token more.
 */
export function* textPieces(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    const end = pieceEnd(text, from);
    yield text.slice(from, end);
    from = end;
  }
}

function pieceEnd(text: string, from: number): number {
  const limit = from + longestPiece;
  if (limit >= text.length) return text.length;
  for (let at = limit; at > from + 1; at--) {
    if (text.charCodeAt(at) === 0x20 && isLetter(text, at - 1) && isLetter(text, at + 1)) return at;
  }
  // A character beyond U+FFFF is two code units, which stay together.
  const isInside = (text.codePointAt(limit - 1) ?? 0) > 0xffff;
  return isInside ? limit - 1 : limit;
}

/** A to z: in some scripts marks belong to the letter before them. */
function isLetter(text: string, at: number): boolean {
  const lower = text.charCodeAt(at) | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
