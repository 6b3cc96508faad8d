import { openTokenizer } from "../stages/data/tokenizer";
import type { TextTokenizer } from "../stages/data/types";

/** The tokenizer of a model's folder, from its parsed files; undefined if the folder has none. */
export function modelTokenizer(tokenizer: unknown, config: unknown): TextTokenizer | undefined {
  if (tokenizer === undefined) return undefined;
  return openTokenizer(JSON.stringify(tokenizer), JSON.stringify(config ?? {}));
}

/** Whether a configuration is of a language model, whose folder has a tokenizer. */
export function readsText(config: unknown): boolean {
  return typeof config === "object" && config !== null && "vocab_size" in config;
}
