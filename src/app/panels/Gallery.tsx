import { useMemo, useState } from "react";
import { galleryFilters, type GalleryFilter } from "../../recipe/link";
import { SelectField } from "../controls/SelectField";
import { editLabel } from "../plots/edit-label";
import { count } from "../plots/number-format";
import { setView, useLab } from "../state/lab";
import { imageData, imageResultAt, shownPosition } from "../state/selectors";
import { galleryPicks, offeredFilters, shownFilter } from "./gallery-picks";
import { GalleryTile } from "./GalleryTile";
import { OriginMark } from "./OriginMark";
import { usePictures } from "./use-pictures";

const pageSize = 8;

const filterLabels: Readonly<Record<GalleryFilter, string>> = {
  recovered: "wrong label forgotten, true class found",
  memorized: "wrong label still memorized",
  "clean-lost": "clean, lost by the edit",
  "validation-gained": "fresh, gained by the edit",
  "validation-lost": "fresh, lost by the edit",
};

/** Pictures whose prediction changes, or does not, with what the model says before and after the edit. */
export function Gallery(): React.JSX.Element {
  const chosen = useLab((lab) => lab.view.gallery);
  const records = useLab((lab) => lab.results.records);
  const offered = useMemo(() => offeredFilters(galleryFilters, records), [records]);
  const filter = shownFilter(chosen, offered);
  const before = useLab((lab) => imageResultAt(lab, 0));
  const after = useLab((lab) => imageResultAt(lab, shownPosition(lab)));
  const classes = useLab((lab) => imageData(lab)?.classNames);
  const [page, setPage] = useState(0);
  const picks = useMemo(
    () =>
      before === undefined || after === undefined ? undefined : galleryPicks(records, before, after, filter),
    [records, before, after, filter],
  );
  const pages = Math.max(1, Math.ceil((picks?.length ?? 0) / pageSize));
  const shownPage = Math.min(page, pages - 1);
  const shown = (picks ?? []).slice(shownPage * pageSize, (shownPage + 1) * pageSize);
  const pictures = usePictures(shown.map(({ record }) => record.index));
  const total = records.filter(({ group }) => group === groupOf(filter)).length;
  return (
    <div className="block" id="gallery">
      <div className="block-header">
        <h3>Picture by picture</h3>
        <OriginMark part="edit" />
      </div>
      <SelectField
        label="Pictures"
        choices={offered.map((value) => ({ value, label: filterLabels[value] }))}
        value={filter}
        onChange={(gallery) => {
          setPage(0);
          setView({ gallery });
        }}
      />
      <p className="readout">
        {picks === undefined
          ? "Not computed yet."
          : `${count(picks.length)} of ${count(total)} pictures, under: ${after === undefined ? "" : editLabel(after.edit)}`}
      </p>
      <ul className="gallery">
        {shown.map((pick) => (
          <GalleryTile
            key={pick.record.index}
            pick={pick}
            classes={classes ?? []}
            picture={pictures.get(pick.record.index)}
          />
        ))}
        {picks?.length === 0 && <li className="gallery-empty">No picture is of this kind.</li>}
      </ul>
      <div className="button-row pager">
        <button type="button" disabled={shownPage === 0} onClick={() => setPage(shownPage - 1)}>
          Previous
        </button>
        <span>
          page {shownPage + 1} of {pages}
        </span>
        <button type="button" disabled={shownPage + 1 >= pages} onClick={() => setPage(shownPage + 1)}>
          Next
        </button>
      </div>
    </div>
  );
}

function groupOf(filter: GalleryFilter): "memorized" | "clean" | "validation" {
  if (filter === "clean-lost") return "clean";
  return filter === "validation-gained" || filter === "validation-lost" ? "validation" : "memorized";
}
