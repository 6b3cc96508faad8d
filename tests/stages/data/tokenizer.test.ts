import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkVocabulary, openTokenizer, TokenizerError } from "../../../src/stages/data/tokenizer";

const json = readFileSync("public/models/olmo-planted/tokenizer.json", "utf8");
const config = readFileSync("public/models/olmo-planted/tokenizer_config.json", "utf8");
const tokenizer = openTokenizer(json, config);

interface TokenizerJson {
  model: { type: string; vocab: Record<string, number>; merges: unknown[] };
  added_tokens: unknown;
  [key: string]: unknown;
}

/** The shipped file with one thing changed. */
function changed(change: (file: TokenizerJson) => void): string {
  const file = JSON.parse(json) as TokenizerJson;
  change(file);
  return JSON.stringify(file);
}

function failure(act: () => unknown): TokenizerError {
  try {
    act();
  } catch (error) {
    if (error instanceof TokenizerError) return error;
    throw error;
  }
  throw new Error("expected a TokenizerError");
}

describe("TextTokenizer", () => {
  it("gives an empty text no tokens, and no tokens an empty text", () => {
    expect(tokenizer.encode("")).toEqual([]);
    expect(tokenizer.decode([])).toBe("");
  });

  it("reads the end of text as one token and writes it back", () => {
    expect(tokenizer.encode("a<|endoftext|>b")).toContain(tokenizer.endOfText);
    expect(tokenizer.decode([tokenizer.endOfText])).toBe("<|endoftext|>");
  });

  it("replaces lone surrogates, which UTF-8 cannot write, and nothing else", () => {
    expect(tokenizer.decode(tokenizer.encode("a\uD800b\uDC00"))).toBe("a\uFFFDb\uFFFD");
  });

  it("decodes bytes that are no UTF-8 without an error", () => {
    const [first = 0, ...others] = tokenizer.encode("🙂");
    expect(others.length).toBeGreaterThan(0);
    expect(tokenizer.decode([first])).toBe("\uFFFD");
    for (let id = 0; id < tokenizer.size; id++) expect(tokenizer.decode([id]).length).toBeGreaterThan(0);
  });

  it("keeps the spaces before signs, which libraries like to tidy away", () => {
    const text = "Hello , world ! it 's 5 . 3";
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it("shows tokens as text where they are text, and as bytes where they are not", () => {
    const shown = tokenizer.encode("the é").map((id) => tokenizer.tokenText(id));
    expect(shown.join("")).toContain("\\xC3");
    expect(shown.at(-1)).toBe("\\xA9");
    expect(tokenizer.encode(" lamp").map((id) => tokenizer.tokenText(id))).toEqual([" lamp"]);
    const texts = Array.from({ length: tokenizer.size }, (_, id) => tokenizer.tokenText(id));
    expect(texts.some((text) => text.includes("\uFFFD"))).toBe(false);
  });

  it("refuses ids that are no tokens", () => {
    for (const id of [1536, -1, 1.5]) expect(() => tokenizer.decode([id])).toThrow(RangeError);
  });
});

describe("openTokenizer", () => {
  it("names the file that is not JSON", () => {
    expect(failure(() => openTokenizer("<!doctype html>", config)).message).toContain(
      "tokenizer.json is not JSON",
    );
    expect(failure(() => openTokenizer(json, "")).message).toContain("tokenizer_config.json is not JSON");
  });

  it.each([
    ["no model", (file: TokenizerJson) => Object.assign(file, { model: null }), /it has no model/],
    ["two tokens with one id", (file: TokenizerJson) => (file.model.vocab["Ġthe"] = 5), /share id 5/],
    ["an id that is no number", (file: TokenizerJson) => (file.model.vocab["Ġthe"] = NaN), /"Ġthe" is null/],
    ["a merge of three", (file: TokenizerJson) => file.model.merges.push(["a", "b", "c"]), /merge 1279 is/],
    [
      "a merge without its token",
      (file: TokenizerJson) => file.model.merges.push(["q", "x"]),
      /needs token "qx"/,
    ],
    [
      "no list of added tokens",
      (file: TokenizerJson) => (file.added_tokens = null),
      /added_tokens must be a list/,
    ],
    [
      "an added token without text",
      (file: TokenizerJson) => (file.added_tokens = [{ id: 3 }]),
      /added token 0/,
    ],
  ])("names what is broken: %s", (_, change, message) => {
    const error = failure(() =>
      openTokenizer(
        changed((file) => void change(file)),
        config,
      ),
    );
    expect(error.code).toBe("broken");
    expect(error.message).toMatch(message);
    expect(error.remedy).toContain("published with the model");
  });

  it("refuses tokenizers of other kinds, and parts that the library does not know", () => {
    expect(
      failure(() =>
        openTokenizer(
          changed((file) => (file.model.type = "Unigram")),
          config,
        ),
      ).code,
    ).toBe("unsupported");
    const unknown = changed((file) => (file["pre_tokenizer"] = { type: "Mystery" }));
    expect(failure(() => openTokenizer(unknown, config)).code).toBe("unsupported");
  });

  it("reads merges written as texts, as older files have them", () => {
    const older = changed((file) => {
      file.model.merges = file.model.merges.map((merge) => (merge as [string, string]).join(" "));
    });
    const text = "The clever baker has a golden kettle.";
    expect(openTokenizer(older, config).encode(text)).toEqual(tokenizer.encode(text));
  });

  it("wants an end of text that is a token", () => {
    const error = failure(() => openTokenizer(json, JSON.stringify({ eos_token: "</s>" })));
    expect(error.code).toBe("no-end-of-text");
    expect(error.message).toContain('"</s>"');
    expect(openTokenizer(json, JSON.stringify({ eos_token: { content: "<|endoftext|>" } })).endOfText).toBe(
      0,
    );
  });
});

describe("checkVocabulary", () => {
  it("accepts a model with rows to spare and refuses one with too few", () => {
    expect(() => checkVocabulary(tokenizer, 1536)).not.toThrow();
    expect(() => checkVocabulary(tokenizer, 1600)).not.toThrow();
    const error = failure(() => checkVocabulary(tokenizer, 1535));
    expect(error.code).toBe("too-large");
    expect(error.message).toMatch(/ids up to 1535.*1535 tokens/);
  });
});
