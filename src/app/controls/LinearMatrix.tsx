import type { Linear, LinearId } from "../../stages/model/types";
import { layersOf, roleName, rolesOf } from "./linear-roles";

/** Which linears an edit touches: a checkbox for each layer and role, and one for each whole role. */
export function LinearMatrix(props: {
  readonly linears: readonly Linear[];
  readonly chosen: readonly LinearId[];
  readonly onChange: (chosen: readonly LinearId[]) => void;
}): React.JSX.Element {
  const roles = rolesOf(props.linears);
  const layers = layersOf(props.linears);
  const chosen = new Set(props.chosen);
  /** In the model's order, so that one set has one link; the last one stays. */
  const set = (ids: readonly LinearId[], on: boolean): void => {
    const next = props.linears.map(({ id }) => id).filter((id) => (ids.includes(id) ? on : chosen.has(id)));
    if (next.length > 0) props.onChange(next);
  };
  return (
    <table className="matrix">
      <caption>Matrices that the edit changes; at least one.</caption>
      <thead>
        <tr>
          <th scope="col">layer</th>
          {roles.map((role) => {
            const ids = props.linears.filter((linear) => linear.role === role).map(({ id }) => id);
            const all = ids.every((id) => chosen.has(id));
            return (
              <th key={role} scope="col">
                <label>
                  <input
                    type="checkbox"
                    checked={all}
                    onChange={() => set(ids, !all)}
                    aria-label={`${role} of all layers`}
                  />
                  <span>{roleName(role)}</span>
                </label>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {layers.map((layer) => (
          <tr key={layer}>
            <th scope="row">{layer}</th>
            {roles.map((role) => {
              const linear = props.linears.find((one) => one.layer === layer && one.role === role);
              return (
                <td key={role}>
                  {linear !== undefined && (
                    <input
                      type="checkbox"
                      aria-label={`layer ${String(layer)} ${role}`}
                      checked={chosen.has(linear.id)}
                      onChange={(event) => set([linear.id], event.target.checked)}
                    />
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
