import { commonPrompts } from "../../book/common-prompts";
import type { PassageRecord } from "../../stages/data/types";

export interface ExamplePrompt {
  readonly name: string;
  readonly prompt: string;
}

/** The common prompts, and beginnings of the passages at hand: the chosen one and the first quote. */
export function examplePrompts(passages: readonly PassageRecord[], chosen: number): readonly ExamplePrompt[] {
  const passage = passages[chosen];
  const quote = passages.find(({ group }) => group === "quote");
  const starts = [
    ...(passage === undefined || passage === quote
      ? []
      : [{ name: "the chosen passage", prompt: passage.prefix.join("") }]),
    ...(quote === undefined ? [] : [{ name: "a quote", prompt: quote.prefix.join("") }]),
  ];
  return [...commonPrompts, ...starts];
}
