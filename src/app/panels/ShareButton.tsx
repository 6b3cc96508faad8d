import { useState } from "react";
import { fileStem, saveFile } from "../plots/table-export";
import { currentLink } from "../state/address";
import { useLab } from "../state/lab";

/** The whole state as a link, and the recipe as a file for the command line. */
export function ShareButton(): React.JSX.Element {
  const recipe = useLab((lab) => lab.recipe.recipe);
  const [said, setSaid] = useState("");
  const copy = async (): Promise<void> => {
    const link = currentLink();
    if (link === undefined) return;
    const url = `${location.href.split("#")[0] ?? ""}#${link}`;
    try {
      await navigator.clipboard.writeText(url);
      setSaid("Link copied");
    } catch {
      history.replaceState(null, "", `#${link}`);
      setSaid("Copy the address of this page");
    }
    setTimeout(() => setSaid(""), 3000);
  };
  return (
    <div className="share">
      <button type="button" disabled={recipe === undefined} onClick={() => void copy()}>
        {said === "" ? "Copy link" : said}
      </button>
      <button
        type="button"
        disabled={recipe === undefined}
        onClick={() => {
          if (recipe === undefined) return;
          const json = `${JSON.stringify(recipe, null, 2)}\n`;
          saveFile(`${fileStem(recipe.title)}.recipe.json`, new Blob([json], { type: "application/json" }));
        }}
      >
        Recipe file
      </button>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </div>
  );
}
