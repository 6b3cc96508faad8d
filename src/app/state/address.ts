import { encodeLink } from "../../recipe/link";
import { useLab } from "./lab";
import { openBook } from "./open-book";
import { openAddress, wakeEngine } from "./open-lab";
import { routeOf } from "./route";
import { linkedView } from "./view-slice";

/** Keeps the address after `#` and the store in step, both ways. */

/** Browsers limit how often a page may change its address; a slider changes more often. */
const writeDelay = 250;

export function currentLink(): string | undefined {
  const { recipe, view } = useLab.getState();
  return recipe.recipe === undefined
    ? undefined
    : encodeLink({ recipe: recipe.recipe, view: linkedView(view) });
}

/** Returns how to stop. */
export function followAddress(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useLab.subscribe((lab, before) => {
    if (lab.route.page !== "lab") clearTimeout(timer);
    if (lab.route.page !== "lab" || (lab.recipe === before.recipe && lab.view === before.view)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const link = currentLink();
      // A broken address stays to be read and mended until the person changes something.
      if (link !== undefined && useLab.getState().recipe.faults.length === 0)
        history.replaceState(null, "", `#${link}`);
    }, writeDelay);
  });
  const onHashChange = (): void => {
    const route = routeOf(location.hash);
    useLab.setState({ route });
    if (route.page === "book") {
      openBook();
      return;
    }
    if (location.hash.slice(1) !== currentLink()) openAddress();
    void wakeEngine();
  };
  addEventListener("hashchange", onHashChange);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener("hashchange", onHashChange);
  };
}
