import { shortLinearName } from "../../recipe/linear-name";
import { presetNamed } from "../../recipe/presets/presets";
import type { Recipe } from "../../recipe/schema";
import { searchEdits } from "../../recipe/search";
import type { EditSpec } from "../../stages/edit/types";

/**
 * The edits of the search that a preset opens with, over the linears that its recipe has factors of.
 * @throws RangeError if the preset opens with none.
 */
export function presetSearch(name: string, { factors }: Recipe): readonly EditSpec[] {
  const named = factors.linears.map((id) => {
    const [layer, role] = shortLinearName(id).split(".");
    return { id, layer: Number(layer), role };
  });
  const layers = new Set(named.map(({ layer }) => layer)).size;
  const choice = presetNamed(name)?.view(layers).search;
  if (choice === undefined) throw new RangeError(`presetSearch: ${name} opens with no search`);
  const linears = named.flatMap(({ role: found, ...rest }) => {
    const role = choice.roles.find((one) => one === found);
    return role === undefined ? [] : [{ ...rest, role }];
  });
  return searchEdits(choice, linears);
}
