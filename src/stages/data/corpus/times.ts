import { words } from "./words";

export const days = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");

export const months = words(`January February March April May June July August September October November
  December`);

/** Number words; the position is the number. */
export const numbers = words("zero one two three four five six seven eight nine ten eleven twelve");

export const colors = words("red blue green yellow white black brown pink gray orange");
