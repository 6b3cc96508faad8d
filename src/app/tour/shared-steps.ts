import { linearsName } from "../panels/linears-name";
import { editLabel } from "../plots/edit-label";
import { percent, short } from "../plots/number-format";
import { setView, type Lab } from "../state/lab";
import { modelLinears, planePosition, shownLinear, shownSpectrum } from "../state/selectors";
import { computeActions, isKnown } from "./compute";
import { addSubnet, addSvd, chooseDown, chooseRow, energyActions, positionOf, shownEnergy } from "./edits";
import type { TourAction, TourStep } from "./step";

/** Steps that are the same for images and text, but for their words and numbers. */

/** The numbers of an edit in a few words; undefined while there are none. */
type Told = (lab: Lab, position: number) => string | undefined;

function matrixName(lab: Lab): string {
  const linear = shownLinear(lab);
  return linear === undefined ? "this matrix" : linearsName([linear], modelLinears(lab));
}

/** How many times the largest eigenvalue is the middle one; undefined where that is 0. */
function steepness(values: Float32Array): number | undefined {
  const middle = values[Math.floor(values.length / 2)] ?? 0;
  return middle > 0 ? (values[0] ?? 0) / middle : undefined;
}

export const curvatureStep: TourStep = {
  target: "spectra",
  title: "Curvature in two small matrices",
  text: "How the loss bends with a weight matrix is a matrix too, far too large to write down. K-FAC writes it as a product of two: A, of what goes into the weights, and G, of the loss gradients that come out. Their eigenvalues λ and μ fall steeply: few directions carry most of the curvature.",
  actions: (lab) => (lab.results.spectra.length === 0 ? computeActions(lab) : chooseDown(lab, "first")),
  outcome: (lab) => {
    const spectrum = shownSpectrum(lab);
    if (spectrum === undefined) return undefined;
    const times = (values: Float32Array, name: string): string => {
      const factor = steepness(values);
      return factor === undefined
        ? `half of all ${name} are 0`
        : `the largest ${name} is ${short(factor)} times the middle one`;
    };
    return `In ${matrixName(lab)}, ${times(spectrum.lambda, "λ")}, and ${times(spectrum.mu, "μ")}.`;
  },
};

/** One layer, then all of them. */
function bandActions(lab: Lab): readonly TourAction[] {
  const last = chooseDown(lab, "last");
  if (last.length > 0) return last;
  return lab.view.bands === "all"
    ? [{ label: "Back to this matrix", run: () => setView({ bands: "one" }) }]
    : [{ label: "Show all layers at once", run: () => setView({ bands: "all" }) }];
}

export function bandStep(memorized: string, clean: string): TourStep {
  return {
    target: "bands",
    title: "Who uses the flat directions?",
    text: `Sort all directions by their curvature λμ and cut the list into bands. A bar above 1 means that ${memorized} drive a band more than ${clean}. The singular vectors of W, beside it, are sorted without any data.`,
    actions: (lab) => (lab.results.bands.length === 0 ? computeActions(lab) : bandActions(lab)),
    outcome: (lab) => {
      const linear = shownLinear(lab);
      const bands = lab.results.bands.find((one) => one.linear === linear);
      const flattest = bands?.kfac.at(-1);
      const smallest = bands?.svd.at(-1);
      if (flattest === undefined || smallest === undefined || flattest.clean === 0 || smallest.clean === 0)
        return undefined;
      const [kfac, svd] = [flattest.memorized / flattest.clean, smallest.memorized / smallest.clean];
      const leaning = kfac > 1.02 ? `${memorized} more` : kfac < 0.98 ? `${clean} more` : "both alike";
      return `In ${matrixName(lab)} the flattest half serves ${leaning}: memorized over clean is ${kfac.toFixed(2)} there, and ${svd.toFixed(2)} in the half of the smallest singular values.`;
    },
  };
}

/** `cutEnergy` is where the tour moves the energy; `kept` is what the outcome calls the share that it keeps. */
export function energyStep(text: string, cutEnergy: number, kept: string, told: Told): TourStep {
  return {
    target: "plane",
    title: "Move the energy",
    text,
    actions: (lab) =>
      lab.results.spectra.length === 0 ? computeActions(lab) : energyActions(lab, cutEnergy),
    outcome: (lab) => {
      const position = planePosition(lab);
      const energy = shownEnergy(lab);
      if (!isKnown(lab, position) || !isKnown(lab, 0) || energy === undefined) return undefined;
      return `With ${percent(energy)} ${kept}: ${told(lab, position) ?? ""}. Unedited: ${told(lab, 0) ?? ""}.`;
    },
  };
}

/** `svdKeep` is the share of singular values of the SVD cut that the tour adds. */
export function otherCutsStep(text: string, svdKeep: number, told: Told): TourStep {
  return {
    target: "metrics",
    title: "Against other cuts",
    text,
    actions: (lab) => [
      ...chooseRow(lab, "svd", "Choose the SVD row"),
      ...addSvd(lab, svdKeep),
      ...chooseRow(lab, "balanced-subnet", "Choose the BalancedSubnet row"),
      ...addSubnet(lab),
      ...chooseRow(lab, "kfac", "Choose the K-FAC row"),
    ],
    outcome: (lab) => {
      const rows = ["kfac", "svd", "balanced-subnet"].flatMap((method) => {
        const position = positionOf(lab, method);
        if (!isKnown(lab, position)) return [];
        const edit = lab.recipe.recipe?.edits[position];
        const words = told(lab, position);
        return edit === undefined || words === undefined ? [] : [`${editLabel(edit)}: ${words}.`];
      });
      return rows.length < 2 ? undefined : rows.join(" ");
    },
  };
}
