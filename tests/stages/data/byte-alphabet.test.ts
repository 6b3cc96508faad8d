import { describe, expect, it } from "vitest";
import { byteCharacters, bytesOfToken, toByteCharacters } from "../../../src/stages/data/byte-alphabet";
import { byteTable } from "./naive-bpe";

describe("the byte alphabet", () => {
  it("is GPT-2's: 256 different characters, a space Ġ and a line break Ċ", () => {
    expect(byteCharacters).toEqual(byteTable);
    expect(new Set(byteCharacters).size).toBe(256);
    expect(toByteCharacters(" a\n")).toBe("ĠaĊ");
    expect(toByteCharacters("é")).toBe("Ã©");
  });

  it("leads back to the bytes, and to nothing where a character is not of it", () => {
    expect(bytesOfToken(toByteCharacters("é x"))).toEqual([0xc3, 0xa9, 0x20, 0x78]);
    expect(bytesOfToken("a b")).toBeUndefined();
    expect(bytesOfToken("日")).toBeUndefined();
  });
});
