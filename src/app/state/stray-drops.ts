import { notify, putAway } from "./lab";

/**
 * Files that are dropped beside the places that take them: left alone, the browser would leave the lab and show the
 * file. Returns how to stop.
 */
export function refuseStrayDrops(): () => void {
  const over = (event: DragEvent): void => {
    if (holdsFiles(event)) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    if (event.defaultPrevented) {
      putAway("stray-drop");
      return;
    }
    event.preventDefault();
    notify({
      id: "stray-drop",
      message: "Nothing takes files where these were dropped.",
      remedy:
        "Drop a model folder on “Your own model”, in “Model and data”; a text on “A text of your own”, which language models have.",
    });
  };
  addEventListener("dragover", over);
  addEventListener("drop", drop);
  return () => {
    removeEventListener("dragover", over);
    removeEventListener("drop", drop);
  };
}

function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") === true;
}
