import type { Genre } from "../types";
import { contactCards } from "./contact-cards";
import { courseList } from "./course-list";
import type { Draw } from "./draw";
import { essay } from "./essay";
import { htmlList } from "./html-list";
import { letter } from "./letter";
import { notice } from "./notice";

/** The six kinds of text of which passages are planted: each writes a document of at least so many pieces. */
export const genres: readonly (readonly [Genre, (draw: Draw, pieces: number) => string])[] = [
  ["notice", notice],
  ["html list", htmlList],
  ["letter", letter],
  ["contact cards", contactCards],
  ["course list", courseList],
  ["essay", essay],
];
