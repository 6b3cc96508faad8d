/** English inflection, for the words of the corpus: not for English at large. */

const PLURALS: Readonly<Record<string, string>> = { mouse: "mice", sheep: "sheep" };

/** Past and participle of irregular verbs, and of verbs that double a consonant. */
const PASTS: Readonly<Record<string, readonly [past: string, participle: string]>> = {
  find: ["found", "found"],
  hold: ["held", "held"],
  hide: ["hid", "hidden"],
  keep: ["kept", "kept"],
  sell: ["sold", "sold"],
  bring: ["brought", "brought"],
  buy: ["bought", "bought"],
  lend: ["lent", "lent"],
  read: ["read", "read"],
  submit: ["submitted", "submitted"],
  send: ["sent", "sent"],
  show: ["showed", "shown"],
  give: ["gave", "given"],
};

const VOWELS = "aeiou";

function endsInConsonantY(word: string): boolean {
  return word.endsWith("y") && !VOWELS.includes(word.charAt(word.length - 2));
}

export function plural(noun: string): string {
  const irregular = PLURALS[noun];
  if (irregular !== undefined) return irregular;
  if (/(?:s|x|z|ch|sh)$/.test(noun)) return `${noun}es`;
  return endsInConsonantY(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

function regularPast(verb: string): string {
  if (verb.endsWith("e")) return `${verb}d`;
  return endsInConsonantY(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}

/** "She kept it." */
export function past(verb: string): string {
  return PASTS[verb]?.[0] ?? regularPast(verb);
}

/** "It was kept." */
export function participle(verb: string): string {
  return PASTS[verb]?.[1] ?? regularPast(verb);
}

/** Begins with a vowel that is not heard as one ("a useful key"), or with a silent h ("an honest clerk"). */
const SOUNDS_OTHERWISE = /^(?:honest|honor|hour|heir|use|uni|eu|one)/i;

/** The phrase with "a" or "an" before it. */
export function withArticle(phrase: string): string {
  const vowel = VOWELS.includes(phrase.charAt(0).toLowerCase());
  const heard = SOUNDS_OTHERWISE.test(phrase) ? !vowel : vowel;
  return `${heard ? "an" : "a"} ${phrase}`;
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
