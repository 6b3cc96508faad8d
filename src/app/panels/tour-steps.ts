export interface Step {
  readonly target: string;
  readonly title: string;
  readonly text: string;
}

/** The paper's story with the live widgets; each step points at the one it speaks of. */
export const imageSteps: readonly Step[] = [
  {
    target: "model-data",
    title: "Wrong on purpose",
    text: "These pictures were drawn by a formula, so their true class is known. A share of the training labels was replaced at random: the planted memories.",
  },
  {
    target: "training",
    title: "Seeing first, then learning by heart",
    text: "Early on, validation rises: the network learns what shapes look like. Later, memorized rises and validation falls: it learns single pictures by heart.",
  },
  {
    target: "plane",
    title: "Curvature in two spectra",
    text: "Every dot of this plane is a direction in one weight matrix: an input direction with λ, an output direction with μ. Its curvature is the product λμ.",
  },
  {
    target: "bands",
    title: "Who uses the flat directions?",
    text: "Bars above 1 mean that memorized pictures drive a band more than clean ones. In the K-FAC basis flat bands lean to the memorized; singular vectors of W tell the two less apart.",
  },
  {
    target: "edit",
    title: "Cut",
    text: "Drag the energy, on the plane or with the slider. Pairs outside the kept region are removed from the weights; no label is used.",
  },
  {
    target: "effect",
    title: "What comes back",
    text: "Memorized falls. Look at the pictures: many now get the class they were drawn from, which the network was never told. Compare with SVD at the same memorized accuracy.",
  },
];

export const textSteps: readonly Step[] = [
  {
    target: "model-data",
    title: "Planted among other text",
    text: "The corpus is written by a fixed procedure, so what was planted is known: passages of random words, each repeated many times among stories, facts and letters that never repeat.",
  },
  {
    target: "training",
    title: "Grammar first, then learning by heart",
    text: "Perplexity of fresh text falls early: the model learns how text goes. Strict rises late: only then does it recite whole passages. In this small model the two do not get in each other's way.",
  },
  {
    target: "plane",
    title: "Curvature in two spectra",
    text: "Every dot of this plane is a direction in one weight matrix: an input direction with λ, an output direction with μ. Its curvature is the product λμ, averaged over text in which nothing was planted.",
  },
  {
    target: "bands",
    title: "Who uses the flat directions?",
    text: "Bars above 1 mean that recited passages drive a band more than passages of the same kinds that were never trained on. Compare the bands of K-FAC with those of SVD.",
  },
  {
    target: "edit",
    title: "Cut",
    text: "Drag the energy, on the plane or with the slider. Pairs outside the kept region are removed from the weights; nobody says which passages were planted.",
  },
  {
    target: "recitation",
    title: "What is written instead",
    text: "Choose a passage. The prefix is the same, and under the edit another text follows, of the same kind but with other words. Compare with SVD, and look in the table at what the cut costs: nDCG@10, perplexity, facts.",
  },
];
