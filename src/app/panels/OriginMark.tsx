import { useLab } from "../state/lab";
import { isMixed, originOf, type ShownPart } from "../state/origins";

/** Says whether the numbers beside it were shipped with the page or computed in it. Takes its room in all cases. */
export function OriginMark({ part }: { readonly part: ShownPart }): React.JSX.Element {
  const origin = useLab((lab) => originOf(lab, part));
  const mixed = useLab((lab) => isMixed(lab, part));
  if (origin === undefined) return <span className="origin">not computed yet</span>;
  if (origin.kind === "here") return <span className="origin origin-here">computed here</span>;
  return (
    <span
      className="origin origin-stored"
      title={`Computed on ${origin.date} on ${origin.device}, and shipped with the page.`}
    >
      {mixed ? "in part stored" : "stored result"}, {origin.date}
    </span>
  );
}
