import { words } from "./words";

/** Adjectives by what they can be said of; the order of a list is the rank. */

/** Of objects. */
export const looks = words(`old small red big new blue green little bright heavy golden broken round strange
  soft cold empty dusty tall narrow pale rusty hollow crooked yellow shiny faded purple damp hidden ancient
  ragged woven spare foreign plain cracked smooth square bent white black`);

/** Of papers. */
export const standings = words(`old new short long final first second urgent secret official private public
  open sealed torn complete annual weekly signed stamped printed`);

/** Of machines: "if the pump is noisy". */
export const conditions = words(`broken loud slow loose hot dirty worn noisy rusty wet stuck heavy empty
  cracked warm dusty`);

/** Of people and animals. */
export const characters = words(`kind clever quiet patient curious brave gentle careful proud humble
  cheerful honest lazy tired hungry polite wise shy bold lonely nervous friendly busy young strange`);

export const feelings = words(`happy tired sad proud hungry glad angry afraid surprised lonely calm bored
  excited worried thirsty thankful`);

/** Feelings that a thing can give a child. */
export const reactions = words("happy proud sad glad angry surprised excited worried thankful curious");

export const weathers = words("sunny rainy windy cloudy snowy foggy warm cold stormy dry");

/** Of places. */
export const moods = words("quiet empty busy closed open full noisy clean crowded");

/** How something is done. */
export const adverbs = words(`slowly quickly carefully quietly gladly gently proudly sadly softly bravely
  neatly calmly kindly firmly safely openly secretly wisely boldly loudly`);

/** How something is said. */
export const tones = words("softly sadly gladly proudly kindly calmly firmly slowly bravely quietly");
