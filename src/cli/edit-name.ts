import { energyOf, energyRange } from "../recipe/own-energies";
import type { EditSpec } from "../stages/edit/types";

const roles: readonly (readonly [RegExp, string])[] = [
  [/attention\.attention\.(query|key|value)\.weight$/, "$1"],
  [/attention\.output\.dense\.weight$/, "attention-output"],
  [/intermediate\.dense\.weight$/, "fc1"],
  [/output\.dense\.weight$/, "fc2"],
];

function linearName(id: string): string {
  const layer = /\.layer\.(\d+)\./.exec(id)?.[1];
  const role = roles.find(([pattern]) => pattern.test(id));
  return layer === undefined || !role
    ? id
    : `${role[1].startsWith("$") ? (role[0].exec(id)?.[1] ?? "") : role[1]}[${layer}]`;
}

/** An edit in a few words, for tables. */
export function editName(edit: EditSpec): string {
  if (edit.method === "none") return "unedited";
  const linears = edit.linears.map(linearName).join(" ");
  if (edit.method === "svd") return `SVD, keep ${edit.keep}: ${linears}`;
  const { lowest, highest } = energyRange(edit);
  if (lowest === highest) return `K-FAC ${edit.selection}, energy ${lowest}: ${linears}`;
  const each = edit.linears.map((id) => `${linearName(id)} ${energyOf(edit, id)}`);
  return `K-FAC ${edit.selection}, own energies: ${each.join(", ")}`;
}
