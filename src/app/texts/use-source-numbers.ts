import { useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import type { SourceId } from "../../recipe/text-source";
import { useLab } from "../state/lab";
import { sourceNumbers, type SourceNumbers } from "./source-row";

/** Numbers of texts, drawn anew only when something changes that they are made of. */
export function useSourceNumbers(sources: readonly SourceId[]): readonly (SourceNumbers | undefined)[] {
  const parts = useLab(
    useShallow(({ recipe, results, view, sources: state }) => ({
      recipe,
      results,
      view,
      sources: state,
    })),
  );
  return useMemo(() => sources.map((source) => sourceNumbers(parts, source)), [parts, sources]);
}
