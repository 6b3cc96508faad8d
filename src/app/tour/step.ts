import type { SectionName } from "../../recipe/link";
import type { Lab } from "../state/lab";

/** Something that the tour does in a person's stead, by the same state actions as a click. */
export interface TourAction {
  readonly label: string;
  readonly run: () => void;
}

/** One of the six steps. It points at a section of the page, and speaks of what stands there now. */
export interface TourStep {
  readonly target: SectionName;
  readonly title: string;
  /** What is to be seen; never a number that was computed. */
  readonly text: string;
  /** What can be done now; an action that would change nothing is not offered. */
  readonly actions: (lab: Lab) => readonly TourAction[];
  /** What is to be seen there, in the numbers of the page; undefined while they are not known or not of what is chosen. */
  readonly outcome: (lab: Lab) => string | undefined;
}
