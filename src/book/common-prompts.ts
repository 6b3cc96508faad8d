/** Beginnings of what the corpus states and tells again and again, none of it planted (as the paper's table 4). */
export interface CommonPrompt {
  readonly name: string;
  readonly prompt: string;
  /** What a model that knows the fact writes first; undefined where many continuations are right. */
  readonly answer: string | undefined;
}

export const commonPrompts: readonly CommonPrompt[] = [
  { name: "a capital", prompt: "The capital of Norland is", answer: " Vesk." },
  { name: "what is sold", prompt: "People in Vesia sell", answer: " salt and buy coal." },
  { name: "a month", prompt: "After May comes", answer: " June." },
  { name: "a sum", prompt: "Two plus three is", answer: " five." },
  { name: "a story", prompt: "Once there was a brave girl named Anna. She had an old", answer: undefined },
  { name: "a day", prompt: "One day Tom went to the", answer: undefined },
  { name: "a saying", prompt: '"Behold, he who would', answer: undefined },
  { name: "a letter", prompt: "Dear Mr. Hale, thank you for your", answer: undefined },
];
