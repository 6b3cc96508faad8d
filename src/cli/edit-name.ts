import type { EditSpec } from "../stages/edit/types";
import { energyOf, energyRange, type ControlEdit, type KfacEdit } from "../recipe/own-energies";
import type { LinearId } from "../stages/model/types";
import { shortLinearName } from "../recipe/linear-name";

/** An edit in a few words, for tables. */
export function editName(edit: EditSpec): string {
  if (edit.method === "none") return "unedited";
  const linears = linearsText(edit.linears);
  if (edit.method === "svd") return `SVD, keep ${edit.keep}: ${linears}`;
  if (edit.method === "balanced-subnet") {
    const what = edit.epochs === 0 ? "random mask" : `BalancedSubnet, forget ${edit.forget}`;
    const genres = edit.genres ? ` of ${edit.genres.join(", ")}` : "";
    return `${what}${genres}, drop ${edit.drop}, seed ${edit.seed}: ${linears}`;
  }
  const name = edit.method === "control" ? controlName(edit) : kfacName(edit);
  const { lowest, highest } = energyRange(edit);
  if (lowest === highest) return `${name}, energy ${lowest}: ${linears}`;
  const each = edit.linears.map((id) => `${shortLinearName(id)} ${energyOf(edit, id)}`);
  return `${name}, own energies: ${each.join(", ")}`;
}

function kfacName({ selection, ranking }: KfacEdit): string {
  const by = ranking === undefined || ranking === "product" ? "" : ` by ${ranking}`;
  return `K-FAC ${selection}${by}`;
}

function controlName({ control, seed }: ControlEdit): string {
  return control === "random-pairs" ? `${control} of seed ${seed}` : control;
}

/** Short names; whole layers of the same matrices as one, `0 1 2 × gate up down`. */
function linearsText(linears: readonly LinearId[]): string {
  const names = linears.map(shortLinearName);
  const split = names.map((name) => name.split("."));
  const layers = [...new Set(split.map(([layer = ""]) => layer))];
  const roles = [...new Set(split.map(([, role = ""]) => role))];
  const whole = split.every((parts) => parts.length === 2) && layers.length * roles.length === names.length;
  return whole && layers.length > 1 && roles.length > 1
    ? `${layers.join(" ")} × ${roles.join(" ")}`
    : names.join(" ");
}
