import { Tokenizer } from "@huggingface/tokenizers";
import { FileError } from "../../files/file-error";
import { bytesOfToken } from "./byte-alphabet";
import type { TextTokenizer } from "./types";

export type TokenizerCode = "not-json" | "broken" | "unsupported" | "no-end-of-text" | "too-large";

export class TokenizerError extends FileError<TokenizerCode> {}

type Json = Readonly<Record<string, unknown>>;

const REMEDY = "Use the tokenizer files that were published with the model.";

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(name: string, text: string): Json {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TokenizerError("not-json", `${name} is not JSON.`, REMEDY, { cause });
  }
  if (!isObject(json)) throw broken(name, "expected an object");
  return json;
}

function broken(name: string, what: string): TokenizerError {
  return new TokenizerError("broken", `${name} is broken: ${what}.`, REMEDY);
}

/** Ids of `model.vocab`, checked to be different whole numbers. */
function readVocabulary(vocab: unknown): Map<string, number> {
  if (!isObject(vocab)) throw broken("tokenizer.json", "model.vocab must map tokens to ids");
  const ids = new Map<string, number>();
  const owners = new Map<number, string>();
  for (const [token, id] of Object.entries(vocab)) {
    if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) {
      throw broken("tokenizer.json", `the id of token ${JSON.stringify(token)} is ${JSON.stringify(id)}`);
    }
    const owner = owners.get(id);
    if (owner !== undefined) {
      throw broken(
        "tokenizer.json",
        `tokens ${JSON.stringify(owner)} and ${JSON.stringify(token)} share id ${id}`,
      );
    }
    owners.set(id, token);
    ids.set(token, id);
  }
  return ids;
}

/** Both ways of writing a merge: ["a", "b"] and "a b". */
function readMerge(merge: unknown): readonly [string, string] | undefined {
  const parts: unknown = typeof merge === "string" ? merge.split(" ") : merge;
  if (!Array.isArray(parts) || parts.length !== 2) return undefined;
  const [left, right] = parts as readonly unknown[];
  return typeof left === "string" && typeof right === "string" ? [left, right] : undefined;
}

function checkMerges(merges: unknown, ids: ReadonlyMap<string, number>): void {
  if (!Array.isArray(merges)) throw broken("tokenizer.json", "model.merges must be a list of pairs");
  merges.forEach((entry: unknown, i) => {
    const pair = readMerge(entry);
    if (!pair) throw broken("tokenizer.json", `merge ${i} is ${JSON.stringify(entry)}`);
    for (const token of [...pair, pair.join("")]) {
      if (!ids.has(token)) {
        throw broken(
          "tokenizer.json",
          `merge ${i} needs token ${JSON.stringify(token)}, which is not in model.vocab`,
        );
      }
    }
  });
}

function addAddedTokens(tokens: unknown, ids: Map<string, number>): void {
  if (!Array.isArray(tokens)) throw broken("tokenizer.json", "added_tokens must be a list");
  tokens.forEach((token: unknown, i) => {
    const id = isObject(token) ? token["id"] : undefined;
    const content = isObject(token) ? token["content"] : undefined;
    if (typeof content !== "string" || content === "" || typeof id !== "number" || !(id >= 0)) {
      throw broken("tokenizer.json", `added token ${i} is ${JSON.stringify(token)}`);
    }
    ids.set(content, id);
  });
}

function endOfTextId(config: Json, ids: ReadonlyMap<string, number>): number {
  const named = config["eos_token"];
  const content = isObject(named) ? named["content"] : named;
  const id = typeof content === "string" ? ids.get(content) : undefined;
  if (id === undefined) {
    throw new TokenizerError(
      "no-end-of-text",
      `tokenizer_config.json names ${JSON.stringify(named)} as eos_token, which is no token of tokenizer.json.`,
      REMEDY,
    );
  }
  return id;
}

function largest(ids: Iterable<number>): number {
  let largest = 0;
  for (const id of ids) largest = Math.max(largest, id);
  return largest;
}

/**
 * Opens the tokenizer of a Hugging Face folder from the texts of its two files.
 * @throws TokenizerError if they are broken, or of a kind other than byte pairs.
 */
export function openTokenizer(tokenizerJson: string, configJson: string): TextTokenizer {
  const json = parse("tokenizer.json", tokenizerJson);
  const config = parse("tokenizer_config.json", configJson);
  const model = json["model"];
  if (!isObject(model)) throw broken("tokenizer.json", "it has no model");
  if (model["type"] !== "BPE") {
    throw new TokenizerError(
      "unsupported",
      `tokenizer.json is of type ${JSON.stringify(model["type"])}; expected "BPE".`,
      "Choose a model with a byte-pair tokenizer.",
    );
  }
  const ids = readVocabulary(model["vocab"]);
  checkMerges(model["merges"], ids);
  addAddedTokens(json["added_tokens"], ids);
  let library: Tokenizer;
  try {
    library = new Tokenizer(json, config);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TokenizerError("unsupported", `tokenizer.json cannot be used: ${reason}.`, REMEDY, { cause });
  }
  return new LibraryTokenizer(library, 1 + largest(ids.values()), endOfTextId(config, ids));
}

class LibraryTokenizer implements TextTokenizer {
  readonly #library: Tokenizer;
  readonly size: number;
  readonly endOfText: number;

  constructor(library: Tokenizer, size: number, endOfText: number) {
    this.#library = library;
    this.size = size;
    this.endOfText = endOfText;
  }

  encode(text: string): number[] {
    return text === "" ? [] : this.#library.encode(text, { add_special_tokens: false }).ids;
  }

  decode(ids: readonly number[]): string {
    for (const id of ids) {
      if (this.#library.id_to_token(id) === undefined) {
        throw new RangeError(`decode: expected token ids below ${this.size}, got ${id}`);
      }
    }
    return ids.length === 0 ? "" : this.#library.decode([...ids], { clean_up_tokenization_spaces: false });
  }

  tokenText(id: number): string {
    const text = this.decode([id]);
    if (!text.includes("\uFFFD")) return text;
    const bytes = bytesOfToken(this.#library.id_to_token(id) ?? "");
    return bytes?.map((byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("") ?? text;
  }
}

/**
 * A model may have rows to spare (vocabularies are rounded up), but every id must have one.
 * @throws TokenizerError if the tokenizer has ids that the model does not know.
 */
export function checkVocabulary(tokenizer: TextTokenizer, vocabularySize: number): void {
  if (tokenizer.size > vocabularySize) {
    throw new TokenizerError(
      "too-large",
      `The tokenizer has ids up to ${tokenizer.size - 1}, but the model's vocabulary has ${vocabularySize} tokens.`,
      REMEDY,
    );
  }
}
