import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ownTextTokens, ownTextWindows } from "../../../src/engine/texts";
import { freshText } from "../../../src/stages/data/corpus/fresh-documents";
import { mostTextBytes, OwnTextError, readOwnText, textPieces } from "../../../src/stages/data/own-text";
import { openTokenizer } from "../../../src/stages/data/tokenizer";
import { RandomStream } from "../../../src/tensor/random";

const shipped = (name: string): string => readFileSync(`public/models/olmo-planted/${name}`, "utf8");
const tokenizer = openTokenizer(shipped("tokenizer.json"), shipped("tokenizer_config.json"));
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Texts of many kinds, each longer than a piece. */
function texts(): string[] {
  const random = new RandomStream(5);
  const signs = [" ", "  ", "\n", "\t", ".", "!\n", "'s", "7", "é", "🦉", "日本", "<|", "a", "Word", " and "];
  const noise = Array.from({ length: 12_000 }, () => signs[random.integer(signs.length)]).join("");
  return [
    freshText(3, "factors", 6000).join("\n\n"),
    noise,
    noise.replaceAll(/\s/g, "") + " an end",
    `${"日本語のテキスト。".repeat(1500)} and more`,
    "🦉".repeat(9000),
    " \n".repeat(9000),
  ];
}

describe("pieces of an own text", () => {
  it("make up the text, are no longer than 8,192 characters, and break no character in two", () => {
    for (const text of texts()) {
      const pieces = [...textPieces(text)];
      expect(pieces.length).toBeGreaterThan(1);
      expect(pieces.join("")).toBe(text);
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(8192);
        expect(piece.isWellFormed()).toBe(true);
      }
    }
  });

  it("have the tokens of the whole text wherever it has a word after a word", () => {
    for (const text of texts().slice(0, 2)) {
      const whole = tokenizer.encode(text);
      expect([...textPieces(text)].flatMap((piece) => tokenizer.encode(piece))).toEqual(whole);
    }
  });

  it("end for one endless word, and cost it at most a token per piece", () => {
    const word = "ab".repeat(20_000);
    const pieces = [...textPieces(word)];
    const tokens = pieces.flatMap((piece) => tokenizer.encode(piece));
    expect(tokenizer.decode(tokens)).toBe(word);
    expect(tokens.length).toBeLessThanOrEqual(tokenizer.encode(word).length + pieces.length);
  });
});

describe("windows of an own text", () => {
  it("are those that counting by hand gives: each begins with the last token of the one before", async () => {
    const text = freshText(4, "factors", 900).join("\n");
    const ids = [tokenizer.endOfText, ...tokenizer.encode(text)];
    for (const length of [7, 64, 160]) {
      const expected: number[][] = [];
      for (let from = 0; from + length < ids.length; from += length)
        expected.push(ids.slice(from, from + length + 1));
      const tokens = await ownTextTokens(text, tokenizer, Infinity, quiet);
      expect([...tokens]).toEqual(ids);
      expect(ownTextWindows(tokens, length).map((window) => [...window])).toEqual(expected);
      const some = await ownTextTokens(text, tokenizer, 2 * length + 1, quiet);
      expect(ownTextWindows(some, length).map((window) => [...window])).toEqual(expected.slice(0, 2));
    }
  });

  it("are refused of a text that has not one, with its tokens counted", async () => {
    const tokens = await ownTextTokens("Too short a text.", tokenizer, Infinity, quiet);
    expect(() => ownTextWindows(tokens, 160)).toThrow(
      new RegExp(`The text has ${tokens.length - 1} tokens; .* windows of 160`),
    );
    expect(ownTextWindows(tokens, tokens.length - 1)).toHaveLength(1);
  });

  it("are cut of emoji, lone surrogates and text that the tokenizer knows by its bytes alone", async () => {
    for (const text of ["🦉 naïve \ud800 ✓ ", "Ωμέγα καὶ ἄλφα ", "\u0000\u0001\u0002"].map((one) =>
      one.repeat(60),
    )) {
      const tokens = await ownTextTokens(text, tokenizer, Infinity, quiet);
      expect(ownTextWindows(tokens, 160).length).toBeGreaterThan(0);
      expect(tokenizer.decode([...tokens.slice(1)])).toBe(text.toWellFormed());
    }
  });

  it("are refused where the tokenizer has no token for the text", async () => {
    const lacking = {
      ...tokenizer,
      size: tokenizer.size,
      endOfText: 0,
      encode: () => [1, undefined as unknown as number],
    };
    await expect(ownTextTokens("żółw", lacking, Infinity, quiet)).rejects.toThrow(/no token for.*żółw/);
  });

  it("are given up between pieces when stopped", async () => {
    const controller = new AbortController();
    let told = 0;
    const stopping = ownTextTokens("word ".repeat(20_000), tokenizer, Infinity, {
      signal: controller.signal,
      onProgress: () => {
        told++;
        controller.abort(new DOMException("stopped", "AbortError"));
      },
    });
    await expect(stopping).rejects.toMatchObject({ name: "AbortError" });
    expect(told).toBe(1);
  });
});

describe("readOwnText", () => {
  it("gives back what was written, without a byte order mark", () => {
    for (const text of ["a", "naïve 🦉\n", "\u0000", "日本語"])
      expect(readOwnText("t", utf8(text))).toBe(text);
    expect(readOwnText("t", utf8("\ufeffmarked"))).toBe("marked");
  });

  const latin1 = Uint8Array.of(...utf8("caf"), 0xe9, ...utf8(" au lait"));
  const cut = utf8("owl 🦉").slice(0, -1);
  const wrong: [what: string, bytes: Uint8Array<ArrayBuffer>, said: RegExp][] = [
    ["nothing", new Uint8Array(0), /notes\.txt is empty\. Give a plain text/],
    ["white space", utf8(" \n\t "), /notes\.txt has nothing but white space/],
    ["Latin-1", latin1, /notes\.txt is not UTF-8 text: byte 4 is 0xE9\. Save it as UTF-8/],
    ["a character cut in two", cut, /is not UTF-8 text: it ends in the middle of a character/],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x41, 0), /notes\.txt is UTF-16 text\. Save it as UTF-8/],
    ["a late fault", Uint8Array.of(...utf8("é".repeat(5000)), 0xff), /byte 10001 is 0xFF/],
    ["a huge text", new Uint8Array(mostTextBytes + 200_000), /has 20\.2 MB; a text may have 20 MB/],
  ];
  it.each(wrong)("refuses %s with the reason and a way out", (_, bytes, said) => {
    expect(() => readOwnText("notes.txt", bytes)).toThrow(OwnTextError);
    expect(() => readOwnText("notes.txt", bytes)).toThrow(said);
  });
});
