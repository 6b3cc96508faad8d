import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshText } from "../../src/stages/data/corpus/fresh-documents";
import { heldOutPassages, plantedPassages, quotes } from "../../src/stages/data/corpus/passages";
import { piecesOf } from "../../src/stages/data/corpus/pieces";
import { trainingDocuments } from "../../src/stages/data/corpus/training-documents";
import { recitationOf } from "../../src/stages/data/recitation";
import { openTokenizer } from "../../src/stages/data/tokenizer";
import { plantedCorpus } from "../../src/training/recipes/planted-corpus";
import { trainTokenizer } from "../../src/training/tokenizer-files";
import { naiveEncode, naivePieces, type BpeFile } from "../stages/data/naive-bpe";

const folder = "public/models/olmo-planted";
const shipped = ["tokenizer.json", "tokenizer_config.json"].map((name) => ({
  name,
  text: readFileSync(`${folder}/${name}`, "utf8"),
}));
const [json = "", config = ""] = shipped.map(({ text }) => text);
const tokenizer = openTokenizer(json, config);
const file = JSON.parse(json) as BpeFile;

const oddTexts = [
  "",
  " ",
  "   two  spaces\n\n\tand\ttabs \n",
  "don't they'll we've I'm he'd it's 'quoted'",
  "1234567 + 89 = 3.14",
  "naïve café — “curly” …",
  "日本語のテキスト и русский עברית",
  "🙂👩‍👩‍👧‍👦🏳️‍🌈 e\u0301",
  "<|endof text|> <|endoftext <ul>",
  "\u00A0no-break\u2003em space\u0000null",
];

describe("the shipped tokenizer", () => {
  it("is what the training command learns from the shipped corpus", () => {
    expect(trainTokenizer(trainingDocuments(plantedCorpus))).toEqual(shipped);
  });

  it("has 1536 tokens: the end of text, 256 bytes and 1279 merges", () => {
    expect(tokenizer.size).toBe(1536);
    expect(tokenizer.endOfText).toBe(0);
    expect(file.model.merges).toHaveLength(1279);
    expect(Object.values(file.model.vocab).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 1536 }, (_, id) => id),
    );
  });

  it("encodes documents as a naive encoder does, and decodes them back", () => {
    const texts = [
      ...freshText(7, "evaluation", 4000),
      ...plantedPassages(plantedCorpus)
        .slice(0, 12)
        .map(({ text }) => text),
    ];
    for (const text of texts) {
      const ids = tokenizer.encode(text);
      expect(ids).toEqual(naiveEncode(file, text));
      expect(tokenizer.decode(ids)).toBe(text);
    }
  });

  it.each(oddTexts)("encodes %j as a naive encoder does, and decodes it back", (text) => {
    expect(piecesOf(text)).toEqual(naivePieces(text));
    const ids = tokenizer.encode(text);
    expect(ids).toEqual(naiveEncode(file, text));
    expect(tokenizer.decode(ids)).toBe(text);
  });

  it("leaves every passage 64 tokens of prefix and 48 of suffix, and every quote 25 and 8", () => {
    const passages = [...plantedPassages(plantedCorpus), ...heldOutPassages(plantedCorpus, 120)];
    for (const passage of passages) {
      const { prefix, suffix } = recitationOf(passage, tokenizer);
      expect([prefix.length, suffix.length]).toEqual([64, 48]);
    }
    for (const quote of quotes(plantedCorpus)) {
      const { prefix, suffix } = recitationOf(quote, tokenizer);
      expect(prefix.length).toBeGreaterThanOrEqual(25);
      expect(prefix.length).toBeLessThanOrEqual(45);
      expect(suffix).toHaveLength(8);
    }
  });
});
