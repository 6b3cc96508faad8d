import { useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import type { SourceSpectrum } from "../plots/spectrum-figure";
import { useLab } from "../state/lab";
import { textRecipe } from "../state/selectors";
import { listedSources } from "../state/sources-slice";
import { sourceName } from "./source-name";
import { useSourceNumbers } from "./use-source-numbers";

/** Spectra of the matrix looked at by every text whose factors are here; none of an image classifier. */
export function useSourceSpectra(): readonly SourceSpectrum[] {
  const listed = useLab(
    useShallow((lab) => {
      const recipe = textRecipe(lab);
      return recipe === undefined ? [] : listedSources(lab.sources, recipe, lab.view.sources);
    }),
  );
  const numbers = useSourceNumbers(listed);
  const texts = useLab((lab) => lab.sources.texts);
  return useMemo(
    () =>
      numbers.flatMap((one) =>
        one?.spectrum === undefined ? [] : [{ name: sourceName(one.source, texts), spectrum: one.spectrum }],
      ),
    [numbers, texts],
  );
}
