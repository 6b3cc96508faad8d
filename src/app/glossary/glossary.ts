import { balancedSubnetTerms } from "./balanced-subnet";
import { curvatureTerms } from "./curvature";
import { editsTerms } from "./edits";
import { imagesTerms } from "./images";
import { networksTerms } from "./networks";
import { searchTerms } from "./search";
import { settingsTerms } from "./settings";
import { textsTerms } from "./texts";

/** What every word and number on the page means: shown on hover and focus. Formulas are TeX. */
export const glossary = {
  ...imagesTerms,
  ...curvatureTerms,
  ...editsTerms,
  ...balancedSubnetTerms,
  ...searchTerms,
  ...textsTerms,
  ...networksTerms,
  ...settingsTerms,
} as const;

export type TermName = keyof typeof glossary;
