import { energyOf, withOwnEnergy, type EnergyEdit } from "../../recipe/own-energies";
import type { Linear, LinearId } from "../../stages/model/types";
import { Explain } from "./Explain";
import { layersOf, roleName, rolesOf } from "./linear-roles";
import { NumberInput } from "./NumberInput";

const MINIMUM = 0.01;

/** A field for the own energy of each edited linear, and one for each role; an empty field takes the edit's energy. */
export function OwnEnergies(props: {
  readonly linears: readonly Linear[];
  readonly edit: EnergyEdit;
  readonly onChange: (edit: EnergyEdit) => void;
}): React.JSX.Element {
  const { edit } = props;
  const edited = props.linears.filter(({ id }) => edit.linears.includes(id));
  const roles = rolesOf(edited);
  const own = (ids: readonly LinearId[]): number | undefined => {
    const [first, ...rest] = ids.map((id) => edit.energies?.[id]);
    return rest.every((energy) => energy === first) ? first : undefined;
  };
  const field = (name: string, ids: readonly LinearId[]): React.JSX.Element => (
    <EnergyField
      name={name}
      own={own(ids)}
      otherwise={new Set(ids.map((id) => energyOf(edit, id))).size > 1 ? undefined : edit.energy}
      onChange={(energy) => props.onChange(withOwnEnergy(edit, ids, energy))}
    />
  );
  return (
    <>
      <p className="muted">
        <Explain term="ownEnergies">Energy kept</Explain> of single matrices, in percent. An empty field goes
        by the energy of the edit.
      </p>
      <table className="matrix own-energies" aria-label="Own energies">
        <thead>
          <tr>
            <th scope="col">layer</th>
            {roles.map((role) => (
              <th key={role} scope="col">
                {roleName(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">all</th>
            {roles.map((role) => (
              <td key={role}>
                {field(
                  `Own energy of all ${role}`,
                  edited.filter((linear) => linear.role === role).map(({ id }) => id),
                )}
              </td>
            ))}
          </tr>
          {layersOf(edited).map((layer) => (
            <tr key={layer}>
              <th scope="row">{layer}</th>
              {roles.map((role) => {
                const linear = edited.find((one) => one.layer === layer && one.role === role);
                return (
                  <td key={role}>
                    {linear && field(`Own energy of layer ${String(layer)} ${role}`, [linear.id])}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <button
        type="button"
        disabled={edit.energies === undefined}
        onClick={() => props.onChange(withOwnEnergy(edit, edit.linears, undefined))}
      >
        Reset to one energy
      </button>
    </>
  );
}

/** In percent. */
function EnergyField(props: {
  readonly name: string;
  readonly own: number | undefined;
  /** What holds while the field is empty; undefined where several values do. */
  readonly otherwise: number | undefined;
  readonly onChange: (energy: number | undefined) => void;
}): React.JSX.Element {
  const { own, otherwise } = props;
  return (
    <NumberInput
      name={`${props.name}, in percent`}
      value={own === undefined ? undefined : inPercent(own)}
      limits={{ minimum: inPercent(MINIMUM), maximum: 100, optional: true }}
      step={0.5}
      placeholder={otherwise === undefined ? "…" : String(inPercent(otherwise))}
      onChange={(percent) =>
        props.onChange(percent === undefined ? undefined : Number((percent / 100).toFixed(4)))
      }
    />
  );
}

/** Without binary rounding. */
function inPercent(share: number): number {
  return Number((100 * share).toFixed(2));
}
