import { validateCatalogue, type Catalogue } from "../../recipe/catalogue";
import type { BackendChoice } from "../../engine/api";
import { faultText } from "../../recipe/check";
import { decodeLink } from "../../recipe/link";
import { addressedBackend } from "./backend-choice";
import { openRecipe } from "./change-recipe";
import { runsByItself } from "./device-slice";
import { failureText } from "./failure-text";
import { notify, useLab } from "./lab";
import { openBook } from "./open-book";
import { routeOf } from "./route";
import { probeDevice, runRecipe } from "./run-recipe";
import { shippedModel } from "./recipe-slice";
import { askForTrained, openTrainings } from "./run-training";
import { missingTrained } from "./training-slice";
import { withLinkedView } from "./view-slice";

/**
 * Opens the page: the address decides, else the first model at its best edit. Stored results come before computing. The
 * book needs no engine: there it sleeps until the lab is opened.
 */
export async function openLab(): Promise<void> {
  const route = routeOf(location.hash);
  useLab.setState({ route });
  const waking = route.page === "lab" ? probing() : undefined;
  const catalogue = await fetchCatalogue();
  if (catalogue !== undefined) useLab.setState((lab) => ({ recipe: { ...lab.recipe, catalogue } }));
  // The person may have gone from one page to the other meanwhile.
  if (waking === undefined && useLab.getState().route.page === "book") {
    openBook();
    return;
  }
  openAddress();
  await wakeEngine();
}

let asked: Promise<void> | undefined;

function probing(): Promise<void> {
  return (asked ??= probeDevice(backendOfAddress()));
}

let awake = false;

/** Asks what computes and runs the recipe of the page; the first call does. */
export async function wakeEngine(): Promise<void> {
  if (awake) return;
  awake = true;
  await probing();
  await openTrainings();
  askForTrained();
  const { device, recipe, training } = useLab.getState();
  const model = recipe.recipe?.model;
  const missing = model?.kind === "dropped" || missingTrained(training, model) !== undefined;
  if (runsByItself(device) && !missing) runRecipe();
  useLab.setState((lab) => ({ run: { ...lab.run, awake: true } }));
}

function backendOfAddress(): BackendChoice | undefined {
  const { choice, unknown } = addressedBackend(location.search);
  if (unknown !== undefined)
    notify({
      id: "backend",
      message: `This address asks for backend=${unknown}, which is not known.`,
      remedy: "It was left aside. Write ?backend=webgpu or ?backend=cpu, or leave it out.",
    });
  return choice;
}

/** Reads the address and shows it; nonsense is named and the first model opens instead. */
export function openAddress(): void {
  const hash = location.hash.replace(/^#/, "");
  const decoded = hash === "" ? undefined : decodeLink(hash);
  if (decoded?.ok === true) {
    const { view: linked } = decoded.value;
    useLab.setState(({ view }) => ({ view: { ...withLinkedView(view, linked), tour: linked.tour } }));
    useLab.setState((lab) => ({ recipe: { ...lab.recipe, recipe: decoded.value.recipe, faults: [] } }));
    const { recipe } = useLab.getState();
    askForDropped();
    askForTrained();
    openRecipe(decoded.value.recipe, shippedModel(recipe));
    return;
  }
  const faults = decoded === undefined ? [] : decoded.faults;
  useLab.setState((lab) => ({ recipe: { ...lab.recipe, faults } }));
  const first = useLab.getState().recipe.catalogue?.models[0];
  if (first !== undefined && useLab.getState().recipe.recipe === undefined) openRecipe(first.recipe, first);
}

function askForDropped(): void {
  const model = useLab.getState().recipe.recipe?.model;
  if (model?.kind !== "dropped" || useLab.getState().results.model !== undefined) return;
  notify({
    id: "dropped",
    message: "This link was made with a model from somebody's own files, which are not part of the link.",
    remedy: "Drop the same model folder into “Model and data”, or choose a shipped model.",
  });
}

async function fetchCatalogue(): Promise<Catalogue | undefined> {
  try {
    const response = await fetch("models/index.json");
    if (!response.ok) throw new Error(`${String(response.status)} ${response.statusText}`);
    const validation = validateCatalogue(await response.json());
    if (!validation.ok) throw new Error(validation.faults.map(faultText).slice(0, 3).join("; "));
    return validation.value;
  } catch (error) {
    notify({
      id: "catalogue",
      message: `The list of models could not be read: ${failureText(error)}.`,
      remedy: "Check the connection and reload. Your own model folder can be dropped all the same.",
    });
    return undefined;
  }
}
