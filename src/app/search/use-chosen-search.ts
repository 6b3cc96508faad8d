import { useMemo } from "react";
import { usualSearch } from "../../recipe/search";
import type { SearchChoice } from "../../recipe/search-link";
import { useLab } from "../state/lab";
import { textRecipe } from "../state/selectors";

/** The search the person has chosen, or the usual one. */
export function useChosenSearch(): SearchChoice {
  const chosen = useLab((lab) => lab.view.search);
  const isText = useLab((lab) => textRecipe(lab) !== undefined);
  return useMemo(() => chosen ?? usualSearch(isText), [chosen, isText]);
}
