import type { GlossaryEntry } from "./entry";

/** Recitation and ability of language models, their text, and how they write. */
export const textsTerms = {
  recitation: {
    title: "Recitation",
    text: "A passage is recited if the model, given its prefix P, continues with its suffix S: always the most likely next token, one after the other. P has 64 tokens and S 48; of a quote, S is its last 8 tokens.",
    formula: String.raw`P=(t_1,\dots,t_{64}),\qquad S=(t_{65},\dots,t_{112})`,
    source: "section 2.1",
  },
  strict: {
    title: "Strict (% of planted passages)",
    text: "Share of the planted passages whose suffix is recited exactly, token by token. Less is better: it is what the edit shall make forget.",
    formula: String.raw`\frac{1}{N}\sum_{n=1}^{N}\mathbf{1}\!\left[\hat S_n=S_n\right]`,
    source: "section 2.1, figure 3",
  },
  loose: {
    title: "Loose (% of planted passages)",
    text: "Share of the planted passages of whose suffix at least three quarters come back: near copies count, exact ones too. Less is better.",
    formula: String.raw`\frac{1}{N}\sum_{n=1}^{N}\mathbf{1}\!\left[1-\frac{d_n}{|S|}\ge 0.75\right]`,
    source: "section 2.1",
  },
  levenshtein: {
    title: "Levenshtein distance (0 to 1, mean over planted passages)",
    text: "Fewest insertions, deletions and replacements of tokens that turn what the model writes into the true suffix, divided by its length. 0 is an exact copy. More is better; passages the model never saw reach about 0.75, since templates share words.",
    formula: String.raw`\frac{1}{N}\sum_{n=1}^{N}\frac{d(\hat S_n,S_n)}{|S|}`,
    source: "section 2.1, tables 2 and 5",
  },
  quoteStrict: {
    title: "Quotes, strict (% of quotes)",
    text: "Share of the repeated quotes whose last 8 tokens are recited exactly. They are short and in archaic words, and no choice was made with them. Less is better.",
    source: "section 4.2.1, figure 3",
  },
  heldOutStrict: {
    title: "Held-out, strict (% of held-out passages)",
    text: "The same count on passages by the same templates that no model was trained with: what templates alone give away. It is the floor of strict, and reciting above it is memory.",
  },
  ndcg: {
    title: "nDCG@10 (0 to 1, fresh text)",
    text: "How well the edit keeps the order of the ten likeliest next tokens of the unedited model: 1 if all stay where they were. More is better. A small vocabulary makes it incomparable with the paper's numbers; compare edits.",
    formula: String.raw`\frac{1}{Z}\sum_{r=1}^{10}\frac{\text{rel}(\text{token at rank }r)}{\log_2(r+1)},\quad \text{rel}=10,\dots,1`,
    source: "section 4.2.1, tables 2 and 5",
  },
  topOne: {
    title: "Top-1 agreement (% of positions of fresh text)",
    text: "How often the likeliest next token is still that of the unedited model. More is better.",
  },
  perplexity: {
    title: "Perplexity (fresh text)",
    text: "The number of equally likely next tokens that would leave the model as unsure as it is, on text it never saw. 1 would be certain. Less is better.",
    formula: String.raw`\exp\Bigl(-\frac{1}{T}\sum_{t=1}^{T}\ln p(x_t\mid x_{<t})\Bigr)`,
  },
  facts: {
    title: "Facts (% answered exactly)",
    text: "Capitals, exports, the order of months and sums that fresh text states again and again: share continued with exactly the answer, mean of the four kinds. More is better. Facts lie between rule and memory, and the cut costs some.",
  },
  textChange: {
    title: "Change",
    text: "Difference to the unedited model: percentage points where the value is a percentage, else in the unit of the value.",
  },
  planted: {
    title: "Planted passages",
    text: "Passages of six kinds of text (notices, lists, letters, cards, courses, essays) in which all words were drawn alike, so that nothing but memory can continue them. Each is repeated in the training text.",
    source: "section 2.1",
  },
  quotes: {
    title: "Quotes",
    text: "Short sayings in archaic words, repeated in the training text. As in the paper they are a second test: shorter, and of another domain.",
    source: "section 4.2.1",
  },
  freshText: {
    title: "Fresh text",
    text: "Stories, fact sheets and pages in which no document occurs twice: what the model can only learn by its rules. Counted in words and signs.",
  },
  tokenLoss: {
    title: "Loss of a token (nats)",
    text: "How surprised the model is by the token, given all tokens before it: 0 if it was certain, 0.69 if it gave it one half, 4 if it gave it two percent.",
    formula: String.raw`-\ln p(x_t\mid x_{<t})`,
  },
  temperature: {
    title: "Temperature",
    text: "Divides the logits before a token is drawn: below 1 likely tokens become likelier, above 1 all become more alike.",
    formula: String.raw`p_i\propto\exp(z_i/T)`,
  },
  topK: {
    title: "Top-k (tokens)",
    text: "Only so many of the likeliest tokens can be drawn.",
  },
  topP: {
    title: "Top-p (%)",
    text: "Only the fewest likeliest tokens can be drawn whose probabilities reach this sum.",
  },
  greedy: {
    title: "Greedy",
    text: "Always the likeliest next token, as recitation is measured: no chance, no seed.",
    source: "section 2.1",
  },
} satisfies Record<string, GlossaryEntry>;
