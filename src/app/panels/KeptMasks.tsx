import { useEffect, useState } from "react";
import type { KeptMasks as Kept } from "../../engine/api";
import { Explain } from "../controls/Explain";
import { count } from "../plots/number-format";
import { deleteMasks, readMasks } from "../state/kept-masks";
import { useLab } from "../state/lab";

/** The masks that this browser keeps, and the button that deletes them. */
export function KeptMasks(): React.JSX.Element {
  const running = useLab((lab) => lab.run.status === "running");
  const ready = useLab((lab) => lab.device.kind === "ready");
  const [kept, setKept] = useState<Kept>();
  useEffect(() => {
    if (!ready) return;
    let isWanted = true;
    void readMasks().then((read) => {
      if (isWanted) setKept(read);
    });
    return () => {
      isWanted = false;
    };
  }, [ready, running]);
  const masks = (kept?.whole ?? 0) + (kept?.half ?? 0);
  return (
    <div className="button-row kept-masks">
      <button
        type="button"
        disabled={running || masks === 0}
        onClick={() => void deleteMasks().then(setKept)}
      >
        Delete kept masks
      </button>
      <span className="muted" role="status">
        <Explain term="keptMasks">{kept === undefined ? "Not read yet" : keptText(kept)}</Explain>
        {kept?.lasting === false && ", lost when the page is closed: this browser stores nothing"}
      </span>
    </div>
  );
}

function keptText({ whole, half, bytes }: Kept): string {
  if (whole + half === 0) return "0 masks kept";
  const masks = `${count(whole + half)} ${whole + half === 1 ? "mask" : "masks"}`;
  const part = half === 0 ? "" : `, ${count(half)} learned in part`;
  return `${masks} kept in this browser${part}, ${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)}\u00a0MB`;
}
