/**
 * The alphabet of byte-level tokenizers (GPT-2 and its successors): every byte is written as one visible character,
 * itself where it is printable Latin-1, and else the next character from U+0100 on. A space is "Ġ".
 */

function isPrintable(byte: number): boolean {
  return (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
}

/** The character of each byte. */
export const byteCharacters: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
})();

const bytes = new Map(byteCharacters.map((character, byte) => [character, byte]));

/** The UTF-8 bytes of a text in this alphabet. A lone surrogate becomes U+FFFD, as everywhere in UTF-8. */
export function toByteCharacters(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byteCharacters[byte] ?? "").join("");
}

/** The bytes that a token of this alphabet stands for; undefined if it holds other characters. */
export function bytesOfToken(token: string): readonly number[] | undefined {
  const found: number[] = [];
  for (const character of token) {
    const byte = bytes.get(character);
    if (byte === undefined) return undefined;
    found.push(byte);
  }
  return found;
}
