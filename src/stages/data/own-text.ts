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

/** Characters of one piece where the text lets it end: a few milliseconds of a tokenizer's work. */
const usualPiece = 8192;
/** Where it does not: a tenth of a second. */
const longestPiece = 4 * usualPiece;

/**
 * The text in pieces whose tokens, one after the other, are those of the whole. Byte-pair tokenizers read a text in words
 * and join nothing across their ends, so a piece ends where a word does. Only a run of 32,768 characters without such a
 * place is cut inside, and may have a token more there.
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
  const usual = from + usualPiece;
  if (usual >= text.length) return text.length;
  for (let at = usual; at > from; at--) if (isWordEnd(text, at)) return at;
  const limit = from + longestPiece;
  for (let at = usual + 1; at < Math.min(limit, text.length); at++) if (isWordEnd(text, at)) return at;
  if (limit >= text.length) return text.length;
  // A character beyond U+FFFF is two code units, which stay together.
  const isInside = (text.codePointAt(limit - 1) ?? 0) > 0xffff;
  return isInside ? limit - 1 : limit;
}

/**
 * Whether every usual tokenizer begins a word at this place: with a space after anything but white space, or with a line
 * break after a letter or digit. Signs take the line breaks after them along; what ends a special token, as > does, may
 * take spaces; and behind the space or break there is always more of the white space, or the next word.
 */
function isWordEnd(text: string, at: number): boolean {
  const before = text.slice(at - 2, at);
  switch (text[at]) {
    case " ":
      return /[^\s>\]]$/u.test(before);
    case "\n":
    case "\r":
      return /[\p{L}\p{N}]$/u.test(before);
    default:
      return false;
  }
}
