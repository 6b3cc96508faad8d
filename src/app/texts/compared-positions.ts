import type { EditSpec } from "../../stages/edit/types";

/** Which edits a passage is shown under: none, the chosen one, and the first of every other method; in their order. */
export function comparedPositions(edits: readonly EditSpec[], chosen: number): number[] {
  const method = edits[chosen]?.method;
  return [...edits.keys()].filter((position) => {
    const own = edits[position]?.method;
    return (
      position === chosen || (own !== method && edits.findIndex((one) => one.method === own) === position)
    );
  });
}
