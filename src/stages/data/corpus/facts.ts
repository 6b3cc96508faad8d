import type { Fact } from "../types";
import { characters } from "./adjectives";
import type { Draw } from "./draw";
import { capitalized } from "./inflection";
import { capitals, countries, exportGoods } from "./names";
import { animals, foods } from "./nouns";
import { colors, days, months, numbers } from "./times";

/** The facts that fresh text repeats in ever new order, so that a model learns them rather than one passage. */

/** Summands go from 1 to this. */
const LARGEST_SUMMAND = 6;

/** The item at `index`, counted round and round. */
function around(list: readonly string[], index: number): string {
  return list[index % list.length] ?? "";
}

function capitalFact(country: number): Fact {
  return {
    kind: "capital",
    prompt: `The capital of ${around(countries, country)} is`,
    answer: ` ${around(capitals, country)}.`,
  };
}

/** What is bought is the good of another country: 7c + 3 modulo 20 meets every country once, and never c itself. */
function exportFact(country: number): Fact {
  return {
    kind: "export",
    prompt: `People in ${around(countries, country)} sell`,
    answer: ` ${around(exportGoods, country)} and buy ${around(exportGoods, country * 7 + 3)}.`,
  };
}

function monthFact(month: number): Fact {
  return {
    kind: "month",
    prompt: `After ${around(months, month)} comes`,
    answer: ` ${around(months, month + 1)}.`,
  };
}

function sumFact(x: number, y: number): Fact {
  return {
    kind: "sum",
    prompt: `${capitalized(around(numbers, x))} plus ${around(numbers, y)} is`,
    answer: ` ${around(numbers, x + y)}.`,
  };
}

/** Every fact that can be asked: a model that continues the prompt with the answer knows it. */
export function facts(): readonly Fact[] {
  const summands = Array.from({ length: LARGEST_SUMMAND }, (_, i) => i + 1);
  return [
    ...countries.map((_, country) => capitalFact(country)),
    ...countries.map((_, country) => exportFact(country)),
    ...months.map((_, month) => monthFact(month)),
    ...summands.flatMap((x) => summands.map((y) => sumFact(x, y))),
  ];
}

function stated({ prompt, answer }: Fact): string {
  return prompt + answer;
}

function sentence(draw: Draw): string {
  const country =
    draw.share() < 0.5 ? draw.between(0, countries.length - 1) : draw.one([...countries.keys()]);
  const x = draw.between(1, LARGEST_SUMMAND);
  const y = draw.between(1, LARGEST_SUMMAND);
  const month = draw.between(0, months.length - 1);
  switch (draw.between(0, 7)) {
    case 0:
      return stated(capitalFact(country));
    case 1:
      return stated(exportFact(country));
    case 2:
      return `${around(capitals, country)} is the largest city in ${around(countries, country)}.`;
    case 3:
      return `The flag of ${around(countries, country)} is ${around(colors, country)} and ${around(colors, country * 3 + 1)}.`;
    case 4:
      return stated(sumFact(x, y));
    case 5:
      return `${x} + ${y} = ${x + y}.`;
    case 6:
      return `The ${draw.word(characters)} ${draw.word(animals)} likes ${draw.word(foods)} and ${draw.word(foods)}.`;
    default:
      return draw.share() < 0.6
        ? stated(monthFact(month))
        : `After ${around(days, month)} comes ${around(days, month + 1)}.`;
  }
}

/** Four to nine facts, none of them twice. */
export function factSheet(draw: Draw): string {
  draw.startDocument();
  const sentences = new Set<string>();
  const count = draw.between(4, 9);
  while (sentences.size < count) sentences.add(sentence(draw));
  return [...sentences].join(" ");
}
