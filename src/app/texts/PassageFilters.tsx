import { useId } from "react";
import type { Passage } from "../../stages/data/types";
import { SelectField } from "../controls/SelectField";
import { useLab } from "../state/lab";
import { setTexts } from "../state/run-texts";
import { groupNames, stateStyles, type PassageFilter } from "./passage-list";

const groups = [
  { value: "all", label: "all passages" },
  { value: "planted", label: groupNames.planted },
  { value: "heldOut", label: groupNames.heldOut },
  { value: "quote", label: `${groupNames.quote}s` },
] as const;
const genres: readonly Passage["kind"][] = [
  "notice",
  "html list",
  "letter",
  "contact cards",
  "course list",
  "essay",
  "quote",
];
const kinds = [
  { value: "all", label: "all kinds of text" } as const,
  ...genres.map((kind) => ({ value: kind, label: kind })),
];
const states = [
  { value: "all", label: "in any way" } as const,
  ...(["recited", "loose", "new"] as const).map((state) => ({
    value: state,
    label: `${stateStyles[state].sign} ${stateStyles[state].name}`,
  })),
];

/** Which passages are listed. */
export function PassageFilters(): React.JSX.Element {
  const filter = useLab((lab) => lab.texts.filter);
  const id = useId();
  const change = (part: Partial<PassageFilter>): void => setTexts({ filter: { ...filter, ...part } });
  return (
    <div className="passage-filters" role="search" aria-label="Passages">
      <SelectField
        label="Group"
        choices={groups}
        value={filter.group}
        onChange={(group) => change({ group })}
      />
      <SelectField label="Kind" choices={kinds} value={filter.kind} onChange={(kind) => change({ kind })} />
      <SelectField
        label="Continued"
        choices={states}
        value={filter.state}
        onChange={(state) => change({ state })}
      />
      <div className="field">
        <label htmlFor={id}>Words</label>
        <input
          id={id}
          type="search"
          value={filter.words}
          onChange={(event) => change({ words: event.target.value })}
        />
      </div>
    </div>
  );
}
