import { animals, machines, objects, papers, trades } from "../../../../src/stages/data/corpus/nouns";
import { adverbs, characters, looks, standings } from "../../../../src/stages/data/corpus/adjectives";

/** Words of the corpus that begin with a vowel letter but are spoken with a consonant, or the other way round. */
const SPOKEN_OTHERWISE = new Set(["honest", "hour", "useful", "used", "one", "uniform", "unit"]);

const singulars = new Set([...objects, ...machines, ...papers, ...trades, ...animals]);
const adjectives = new Set([...looks, ...standings, ...characters]);
const manners = new Set(adverbs);

/** What is wrong with the English of a text, each fault with the words around it; written without the corpus's rules. */
export function faults(text: string): string[] {
  const found: string[] = [];
  const words = text.match(/[A-Za-z]+|[0-9]+|[^\sA-Za-z0-9]/g) ?? [];
  words.forEach((word, i) => {
    const next = words[i + 1] ?? "";
    const around = words.slice(Math.max(0, i - 2), i + 4).join(" ");
    const lower = word.toLowerCase();
    if ((lower === "a" || lower === "an") && /^[a-z]/i.test(next)) {
      const vowel = /^[aeiou]/i.test(next) !== SPOKEN_OTHERWISE.has(next.toLowerCase());
      if (vowel !== (lower === "an")) found.push(`article: ${around}`);
    }
    if (/^[a-z]+$/i.test(word) && lower === next.toLowerCase()) found.push(`doubled word: ${around}`);
    if (["a", "an", "every", "each", "any", "that", "this"].includes(lower)) {
      const noun = words.slice(i + 1).find((after) => !adjectives.has(after));
      if (noun && singulars.has(noun.replace(/e?s$/, "")) && !singulars.has(noun)) {
        found.push(`plural after "${lower}": ${around}`);
      }
    }
    if (/^[0-9]+$/.test(word) && Number(word) > 1 && singulars.has(next)) found.push(`singular: ${around}`);
    if (["a", "an", "the"].includes(lower) && (manners.has(next) || /^[.,;:!?]$/.test(next))) {
      found.push(`no noun: ${around}`);
    }
  });
  if (/ {2}| [.,;!?]|[.,;:][A-Za-z]{2,}(?!\S*\.org)/.test(text.replace(/\S+\.org/g, "x"))) {
    found.push(`spacing: ${text.slice(0, 60)}`);
  }
  if (/undefined|null|NaN|\[object/.test(text)) found.push(`hole: ${text.slice(0, 60)}`);
  return found;
}

/** Sentences that do not begin with a capital letter, a digit or a quotation mark. */
export function badBeginnings(text: string): string[] {
  const sentences = text.replace(/\b(?:Mr|Mrs|Ms|Dr|no)\. /g, "$1 ").split(/(?<=[.!?]"?) /);
  return sentences.filter((sentence) => !/^["A-Z0-9]/.test(sentence));
}
