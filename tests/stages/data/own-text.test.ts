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

/** The shipped vocabulary read as OLMo-2's own tokenizer reads: signs take line breaks along, digits go in threes. */
const olmoPattern =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const olmoLike = openTokenizer(
  shipped("tokenizer.json").replace(
    /"Regex": ?"(?:[^"\\]|\\.)*"/,
    () => `"Regex":${JSON.stringify(olmoPattern)}`,
  ),
  shipped("tokenizer_config.json"),
);
const tokenizers = { shipped: tokenizer, "like OLMo-2's own": olmoLike };

/** A text of so many draws from a few parts. */
function drawn(seed: number, draws: number, parts: readonly string[]): string {
  const random = new RandomStream(seed);
  return Array.from({ length: draws }, () => parts[random.integer(parts.length)]).join("");
}

const signs = [" ", "  ", "\n", "\t", ".", "!\n", "'s", "7", "é", "🦉", "日本", "<|", "a", "Word", " and "];

/** Texts that are awkward to cut, each longer than a piece. */
const awkward: Readonly<Record<string, string>> = {
  prose: freshText(3, "factors", 6000).join("\n\n"),
  "all sorts of signs": drawn(5, 12_000, signs),
  "no white space": drawn(6, 20_000, signs).replaceAll(/\s/g, "").slice(0, 20_000),
  "one word": "unbelievable".repeat(1500),
  emoji: drawn(7, 8000, ["🦉", "👩‍👩‍👧", "🇵🇱", "✓️", "❤️‍🔥 "]),
  "emoji alone": "🦉".repeat(9000),
  "lines of Windows": drawn(8, 9000, ["line", " of", " text.", "\r\n", "\r\n\r\n", " \r\n", "7\r\n", "\r"]),
  "long runs of white space": drawn(9, 60, [
    "word",
    ".",
    " ".repeat(700),
    "\n".repeat(900),
    " \n\t".repeat(300),
  ]),
  "white space alone": " \n".repeat(9000),
  "combining marks": drawn(10, 9000, [
    "e\u0301",
    "n\u0303\n",
    "a\u0308 ",
    "\u0302",
    " \u0301",
    "o\u0328\u0301",
    "ที่",
    "नि ",
  ]),
  "Japanese lines": `${"日本語のテキスト。\n".repeat(1200)} and more`,
  code: drawn(11, 6000, [
    "if (x)",
    " {\n",
    "    ",
    "\t",
    "}\n",
    "a_b",
    "'ll",
    "// 12345",
    ">>",
    "<p> ",
    "]; ",
    '"',
  ]),
  digits: drawn(12, 9000, ["1", "23", "4567", " 8", "9\n", ".0", ", "]),
};

describe("pieces of an own text", () => {
  it("make up the text and break no character in two", () => {
    for (const [name, text] of Object.entries({ ...awkward, endless: "🦉b".repeat(40_000) })) {
      const pieces = [...textPieces(text)];
      expect(pieces.join("")).toBe(text);
      expect(text.length, name).toBeGreaterThan(8192);
      for (const piece of pieces) {
        expect(piece.length, name).toBeLessThanOrEqual(32_768);
        expect(piece.isWellFormed(), name).toBe(true);
      }
    }
  });

  it("are of 8,192 characters at the most where words end", () => {
    for (const name of ["prose", "lines of Windows", "code", "digits"]) {
      const pieces = [...textPieces(awkward[name]!)];
      expect(pieces.length, name).toBeGreaterThan(1);
      for (const piece of pieces) expect(piece.length, name).toBeLessThanOrEqual(8192);
    }
  });

  it.each(Object.entries(tokenizers))("have the tokens of the whole text, %s", (_, reading) => {
    for (const [name, text] of Object.entries(awkward)) {
      const pieces = [...textPieces(text)].flatMap((piece) => reading.encode(piece));
      expect(pieces, name).toEqual(reading.encode(text));
    }
  });

  it.each(Object.entries(tokenizers))("have them wherever the first piece ends, %s", (_, reading) => {
    // Every sign of the text comes to stand at the end of the first piece.
    const tail = drawn(13, 60, signs);
    for (let fill = 8192 - tail.length; fill <= 8193; fill++) {
      const text = `${"word ".repeat(2000).slice(-fill)}${tail} the end of it all`;
      const pieces = [...textPieces(text)];
      expect(pieces.length).toBeGreaterThan(1);
      expect(pieces.flatMap((piece) => reading.encode(piece))).toEqual(reading.encode(text));
    }
  });

  it("end for one endless word, and cost it at most a token per piece", () => {
    const word = "ab".repeat(40_000);
    const pieces = [...textPieces(word)];
    expect(pieces.length).toBeGreaterThan(1);
    const tokens = pieces.flatMap((piece) => tokenizer.encode(piece));
    expect(tokenizer.decode(tokens)).toBe(word);
    expect(tokens.length).toBeLessThanOrEqual(tokenizer.encode(word).length + pieces.length);
  });
});

describe("tokens of an own text", () => {
  it("are the first of the whole text, as many as are wanted, and no more is read than they need", async () => {
    for (const [name, text] of Object.entries(awkward)) {
      const whole = [tokenizer.endOfText, ...tokenizer.encode(text)];
      for (const wanted of [1, 2, 161, 2000, whole.length - 1, whole.length, whole.length + 1, Infinity]) {
        let read = 0;
        const tokens = await ownTextTokens(text, tokenizer, wanted, {
          ...quiet,
          onProgress: (done) => (read = done),
        });
        expect([...tokens], `${name}, ${wanted}`).toEqual(whole.slice(0, wanted));
        const [first = ""] = textPieces(text);
        if (wanted === 1) expect(read).toBe(0);
        if (wanted > 1 && wanted <= 1 + tokenizer.encode(first).length) expect(read).toBe(first.length);
      }
    }
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
