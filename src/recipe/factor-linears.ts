import type { EditSpec } from "../stages/edit/types";
import type { LinearId } from "../stages/model/types";

/** Linears whose factors an edit goes by; none where it looks at the weights alone. */
export function factorLinears(edit: EditSpec): readonly LinearId[] {
  return edit.method === "kfac" || edit.method === "control" ? edit.linears : [];
}
