import { adverbs, characters, feelings, looks, moods, reactions, tones, weathers } from "./adjectives";
import type { Draw } from "./draw";
import { capitalized, past, plural, withArticle } from "./inflection";
import { boys, girls, places } from "./names";
import { animals, countedObjects, foods, objects } from "./nouns";
import { days, numbers } from "./times";
import { handlings } from "./verbs";

/** What stays the same from one sentence of a story to the next. */
interface Cast {
  readonly name: string;
  readonly girl: boolean;
  readonly friend: string;
  readonly he: "he" | "she";
  readonly his: "his" | "her";
  readonly him: "him" | "her";
  readonly place: string;
  /** The thing the story is about, and how it looks. */
  readonly thing: string;
  readonly look: string;
}

type Sentence = (draw: Draw, cast: Cast) => string;

const openings: readonly Sentence[] = [
  (_, { name, place }) => `One day ${name} went to the ${place}.`,
  (draw, { name, friend, place }) => `On ${draw.one(days)} ${name} walked to the ${place} with ${friend}.`,
  (draw, { name, place }) => `${name} lived near ${withArticle(draw.word(moods))} ${place}.`,
  (draw, { name, girl }) =>
    `Once there was ${withArticle(draw.word(characters))} ${girl ? "girl" : "boy"} named ${name}.`,
  (draw, { name, place }) =>
    `It was ${withArticle(draw.one(weathers))} ${draw.one(partsOfDay)} and ${name} was at the ${place}.`,
];

const arrivals: readonly Sentence[] = [
  (_, { he, look, thing }) => `${capitalized(he)} had ${withArticle(look)} ${thing}.`,
  (draw, { he, look, thing }) =>
    `${capitalized(he)} found ${withArticle(look)} ${thing} near the ${draw.word(places)}.`,
  (_, { his, friend, him, look, thing }) =>
    `${capitalized(his)} friend ${friend} gave ${him} ${withArticle(look)} ${thing}.`,
  (_, { he, look, thing }) => `${capitalized(he)} wanted to buy ${withArticle(look)} ${thing}.`,
];

const middles: readonly Sentence[] = [
  (draw, { name, thing, look }) =>
    `${name} was very ${draw.one(reactions)} because the ${thing} was ${look}.`,
  (draw, { thing, name, friend }) =>
    `"${draw.one(requests)} ${draw.one(["the", "my", "your", "this"])} ${thing}," said ${draw.one([name, friend])}.`,
  (draw, { thing }) =>
    `Then ${withArticle(draw.word(characters))} ${draw.word(animals)} came and ${draw.one(mischief)} the ${thing}.`,
  (draw, { friend, name, place }) => `${friend} ${draw.one(meetings)} ${name} at the ${place}.`,
  (draw, { he }) =>
    `${capitalized(he)} ${past(draw.word(handlings))} the ${draw.word(looks)} ${draw.word(objects)} ${draw.word(adverbs)}.`,
  (draw) => `They ate ${draw.word(foods)} and ${draw.word(foods)} and talked about the ${draw.word(places)}.`,
  (draw, { thing }) =>
    `The ${thing} was ${draw.one(positions)} the ${draw.word(looks)} ${draw.word(objects)}.`,
  (draw, { name }) =>
    `${name} ${past(draw.word(handlings))} ${withArticle(`${draw.word(looks)} ${draw.word(objects)}`)} and ${past(draw.word(handlings))} ${withArticle(draw.word(objects))}.`,
  (draw, { name, friend }) => {
    const doing = draw.one(pastimes);
    const where = draw.one(["near", "behind", "outside"]);
    return `${name} and ${friend} ${doing} ${where} the ${draw.word(places)} until it was ${draw.one(weathers)}.`;
  },
  (draw, { name, friend, him, he }) => {
    const had = draw.between(2, 6);
    const more = draw.between(1, 5);
    const things = plural(draw.word(countedObjects));
    return `${name} had ${numberWord(had)} ${things} and ${friend} gave ${him} ${numberWord(more)} more, so ${he} had ${numberWord(had + more)} ${things}.`;
  },
  (draw) =>
    `Nearby ${withArticle(draw.word(animals))} ${draw.one(seeming)} ${draw.one(feelings)} and ${draw.one(goings)} to the ${draw.word(places)}.`,
  (draw, { he }) =>
    `${capitalized(he)} ${draw.one(intents)} to ${draw.word(handlings)} ${draw.one(["the", "every", "that"])} ${draw.word(objects)} ${draw.word(adverbs)}.`,
  (draw) => `It was ${draw.one(weathers)} and the ${draw.word(places)} was ${draw.word(moods)}.`,
  (draw, { name, friend }) => `"${draw.one(greetings)}, ${name}," said ${friend} ${draw.one(tones)}.`,
];

const endings: readonly Sentence[] = [
  (_, { name, thing }) => `${name} went home with the ${thing}.`,
  (draw, { name }) => `At last ${name} was ${draw.one(feelings)}.`,
  (_, { name, friend }) => `${friend} and ${name} were friends.`,
  (_, { he, thing }) => `And ${he} never lost the ${thing} again.`,
  (draw, { he, his, thing }) => `${capitalized(he)} put the ${thing} near ${his} ${draw.word(objects)}.`,
];

const partsOfDay = ["morning", "day", "evening", "afternoon"];
const requests = ["Look at", "I like", "Here is", "Give me", "Do not touch", "I lost", "Please keep"];
const mischief = ["took", "saw", "broke", "hid", "dropped", "liked", "kicked"];
const meetings = ["helped", "called", "followed", "thanked", "met", "watched", "heard"];
const positions = ["under", "behind", "near", "on", "above", "beside"];
const pastimes = ["played", "ran", "sat", "waited", "worked", "slept", "sang"];
const seeming = ["was", "looked", "felt", "seemed"];
const goings = ["ran", "went", "walked", "hurried", "jumped"];
const intents = ["wanted", "tried", "hoped", "decided", "forgot", "promised", "needed"];
const greetings = ["Thank you", "Good morning", "I am sorry", "Come here", "I know", "Be careful", "Wait"];

function numberWord(number: number): string {
  return numbers[number] ?? String(number);
}

function castOf(draw: Draw): Cast {
  const girl = draw.share() < 0.5;
  const name = draw.word(girl ? girls : boys);
  const friend = draw.word(draw.share() < 0.5 ? girls : boys);
  return {
    name,
    girl,
    friend,
    he: girl ? "she" : "he",
    his: girl ? "her" : "his",
    him: girl ? "her" : "him",
    place: draw.word(places),
    thing: draw.word(objects),
    look: draw.word(looks),
  };
}

/** A children's story of six to ten sentences; no kind of sentence comes twice. */
export function story(draw: Draw): string {
  draw.startDocument();
  const cast = castOf(draw);
  const sentences = [draw.one(openings)(draw, cast), draw.one(arrivals)(draw, cast)];
  const left = [...middles];
  for (let count = draw.between(3, 7); count > 0; count--) {
    const [middle] = left.splice(draw.between(0, left.length - 1), 1);
    if (middle) sentences.push(middle(draw, cast));
  }
  sentences.push(draw.one(endings)(draw, cast));
  return sentences.join(" ");
}
