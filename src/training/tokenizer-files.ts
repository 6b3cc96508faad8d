import { PIECE_PATTERN, piecesOf } from "../stages/data/corpus/pieces";
import { trainBytePairs, type BytePairTokens } from "./byte-level-bpe";

/** Stands before every document. */
export const END_OF_TEXT = "<|endoftext|>";

/** Tokens of the shipped language model: the end of text, 256 bytes and 1279 merges. */
export const VOCABULARY_SIZE = 1536;

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** How often each piece occurs in the documents. */
export function pieceCounts(documents: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents) {
    for (const piece of piecesOf(document)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  return counts;
}

/** The description of the end of text in both files. */
const specialToken = {
  content: END_OF_TEXT,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
};

/** `tokenizer.json` as the Hugging Face tokenizers read it. */
function tokenizerJson({ tokens, merges }: BytePairTokens): unknown {
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [{ id: tokens.indexOf(END_OF_TEXT), ...specialToken }],
    normalizer: null,
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: PIECE_PATTERN }, behavior: "Isolated", invert: false },
        byteLevel,
      ],
    },
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  };
}

function tokenizerConfigJson(tokens: readonly string[], maximumLength: number): unknown {
  return {
    tokenizer_class: "PreTrainedTokenizerFast",
    model_max_length: maximumLength,
    bos_token: null,
    eos_token: END_OF_TEXT,
    pad_token: END_OF_TEXT,
    unk_token: null,
    add_bos_token: false,
    add_eos_token: false,
    add_prefix_space: false,
    clean_up_tokenization_spaces: false,
    added_tokens_decoder: { [tokens.indexOf(END_OF_TEXT)]: specialToken },
  };
}

/** One line for each token and merge, so that the file can be read and compared. */
function fileText(json: unknown): string {
  return `${JSON.stringify(json, null, 1).replace(/\[\n\s+("(?:[^"\\]|\\.)*"),\n\s+("(?:[^"\\]|\\.)*")\n\s+\]/g, "[$1, $2]")}\n`;
}

/** Learns a tokenizer from documents and writes it as the two files of a Hugging Face folder. */
export function trainTokenizer(
  documents: Iterable<string>,
  size = VOCABULARY_SIZE,
  maximumLength = 2048,
): readonly TextFile[] {
  const learned = trainBytePairs(pieceCounts(documents), size, [END_OF_TEXT]);
  return [
    { name: "tokenizer.json", text: fileText(tokenizerJson(learned)) },
    { name: "tokenizer_config.json", text: fileText(tokenizerConfigJson(learned.tokens, maximumLength)) },
  ];
}
