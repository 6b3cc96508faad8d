import type { PassageRecord } from "../../stages/data/types";

export interface ExamplePrompt {
  readonly name: string;
  readonly prompt: string;
}

/** Beginnings of what fresh text states and tells: the model has seen their like, and nothing is to be recited. */
const fixed: readonly ExamplePrompt[] = [
  { name: "a capital", prompt: "The capital of Norland is" },
  { name: "what is sold", prompt: "People in Vesia sell" },
  { name: "a month", prompt: "After May comes" },
  { name: "a sum", prompt: "Two plus three is" },
  { name: "a story", prompt: "Once there was a brave girl named Anna. She had an old" },
];

/** The fixed examples, and beginnings of the passages at hand: the chosen one and the first quote. */
export function examplePrompts(passages: readonly PassageRecord[], chosen: number): readonly ExamplePrompt[] {
  const passage = passages[chosen];
  const quote = passages.find(({ group }) => group === "quote");
  const starts = [
    ...(passage === undefined || passage === quote
      ? []
      : [{ name: "the chosen passage", prompt: passage.prefix.join("") }]),
    ...(quote === undefined ? [] : [{ name: "a quote", prompt: quote.prefix.join("") }]),
  ];
  return [...fixed, ...starts];
}
