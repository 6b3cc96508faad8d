import { short } from "../plots/number-format";
import { setView, type Lab } from "../state/lab";
import { modelLinears, shownLinear, shownSpectrum } from "../state/selectors";
import { linearsName } from "../panels/linears-name";
import { computeActions } from "./compute";
import { chooseDown } from "./edits";
import type { TourAction, TourStep } from "./step";

/** Steps that speak of curvature: the same for images and text. */

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
