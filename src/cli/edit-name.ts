import type { EditSpec } from "../stages/edit/types";
import { energyOf, energyRange } from "../recipe/own-energies";
import { shortLinearName } from "../recipe/linear-name";

/** An edit in a few words, for tables. */
export function editName(edit: EditSpec): string {
  if (edit.method === "none") return "unedited";
  const linears = edit.linears.map(shortLinearName).join(" ");
  if (edit.method === "svd") return `SVD, keep ${edit.keep}: ${linears}`;
  const { lowest, highest } = energyRange(edit);
  if (lowest === highest) return `K-FAC ${edit.selection}, energy ${lowest}: ${linears}`;
  const each = edit.linears.map((id) => `${shortLinearName(id)} ${energyOf(edit, id)}`);
  return `K-FAC ${edit.selection}, own energies: ${each.join(", ")}`;
}
