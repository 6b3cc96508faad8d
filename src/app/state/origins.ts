import type { Lab } from "./lab";
import type { Origin, Part } from "./results-slice";
import { foundRows, rowAt } from "./shown-rows";

/** Where shown numbers come from: shipped with the page, or computed in it. */

export type ShownPart = Part | "scan" | "search";

/** The origins of what a part shows. */
function originsOf(lab: Lab, part: ShownPart): readonly Origin[] {
  switch (part) {
    case "edit":
      return (lab.recipe.recipe?.edits ?? []).flatMap((_, position) => rowAt(lab, position)?.origin ?? []);
    case "scan":
      return lab.results.scan.map(({ origin }) => origin);
    case "search":
      return foundRows(lab).map(({ origin }) => origin);
    default: {
      const origin = lab.results.origins[part];
      return origin === undefined ? [] : [origin];
    }
  }
}

/** Where a part comes from. One stored number is enough not to call all of them computed here. */
export function originOf(lab: Lab, part: ShownPart): Origin | undefined {
  const origins = originsOf(lab, part);
  return origins.find(({ kind }) => kind === "stored") ?? origins[0];
}

/** Whether what is shown is in part stored, in part computed here. */
export function isMixed(lab: Lab, part: ShownPart): boolean {
  return new Set(originsOf(lab, part).map(({ kind }) => kind)).size > 1;
}

/** Which model and run exported numbers come from. */
export function sourceOf(lab: Lab, part: ShownPart): string {
  const { results, recipe } = lab;
  const origin = originOf(lab, part);
  const stored = origin?.kind === "stored" ? `stored result of ${origin.date}, ${origin.device}` : "";
  const here = "computed in this browser";
  const from = stored === "" ? here : isMixed(lab, part) ? `${here}, in part ${stored}` : stored;
  return `Eigenband; ${results.model?.title ?? "unknown model"}; recipe “${recipe.recipe?.title ?? ""}”; ${from}`;
}
