import type { GlossaryEntry } from "./entry";

/** Factors, their spectrum, bands, and where they were collected. */
export const curvatureTerms = {
  factors: {
    title: "Factors A and G",
    text: "Second moments of what goes into a weight matrix and of the loss gradients that come out of it. Their Kronecker product approximates how the loss bends with the matrix. Labels are drawn from the model's own predictions: nobody says which labels were wrong.",
    formula: String.raw`F\approx G\otimes A=\mathbb{E}[gg^{\top}]\otimes\mathbb{E}[aa^{\top}]`,
    source: "section 2.3, equation 1",
  },
  curvature: {
    title: "Curvature product λμ",
    text: "Every pair of an input direction v (eigenvalue λ of A) and an output direction u (eigenvalue μ of G) is a direction in weight space. Its curvature, averaged over the data, is the product.",
    formula: String.raw`\kappa_{ij}=\lambda_i\mu_j,\qquad Z_{ij}=u_jv_i^{\top}`,
    source: "section 3.1",
  },
  bands: {
    title: "Band response (units of the activations)",
    text: "All directions are sorted by curvature and cut into four bands. The response of a band is how strongly an image or a text drives its directions, averaged over the band; memorized divided by clean tells whom the band serves.",
    formula: String.raw`\lVert Z_{ij}x\rVert=|v_i\cdot x|`,
    source: "section 3.1, figure 2",
  },
  bandSamples: {
    title: "What band responses are means over (count)",
    text: "Directions found flat are flat for the images or texts that the factors are averaged over, above all: any other seems to drive them more, memorized or not. So images are compared only where the factors are averaged over them too, and passages where the factors' text holds none of either group.",
  },
  sources: {
    title: "Sources",
    text: "Curvature is an average over data. Fresh text is new text without planted passages; training text is what the model was trained on, plants and all; an own text is any you give. Factors of several texts can be kept beside one another: one set is in use, the others show what the same edit does with theirs.",
  },
  trace: {
    title: "Traces of A and G",
    text: "Sums of all eigenvalues: the mean squared length of the inputs, and of the loss gradients at the outputs, over the tokens of the text. A large trace of G means that the model is unsure of the text.",
    formula: String.raw`\operatorname{tr}A=\sum_i\lambda_i=\mathbb{E}\lVert a\rVert^2,\qquad\operatorname{tr}G=\sum_j\mu_j=\mathbb{E}\lVert g\rVert^2`,
  },
  sourceTokens: {
    title: "Tokens averaged, and memory",
    text: "How many tokens of the text the factors are averaged over: as many windows as the settings say, or all of an own text that has fewer. The memory is what the factors and their eigenvectors take on the device.",
  },
  spectrum: {
    title: "Spectra",
    text: "Eigenvalues λ of A and μ of G and singular values σ of W, largest first. A steep fall means that few directions carry most of the curvature.",
    formula: String.raw`A=U_A\Lambda U_A^{\top},\quad G=U_G M U_G^{\top},\quad W=\textstyle\sum_k\sigma_ku_kv_k^{\top}`,
    source: "section 3.1",
  },
  keptPairs: {
    title: "Pairs kept",
    text: "How many of the directions in weight space of this matrix stay, of all input directions times output directions.",
    formula: String.raw`\left|\{(i,j):\lambda_i\mu_j\ \text{kept}\}\right|\ \text{of}\ d_{\text{in}}d_{\text{out}}`,
    source: "section 4",
  },
  keptDirections: {
    title: "Directions kept",
    text: "Input and output directions that occur in at least one kept pair.",
    source: "section 4",
  },
  keptEnergy: {
    title: "Curvature in the kept pairs (%)",
    text: "Share of the summed curvature products λμ in the pairs that stay, whatever they were chosen by.",
    formula: String.raw`\sum_{(i,j)\,\text{kept}}\lambda_i\mu_j\,/\,\sum_{i,j}\lambda_i\mu_j`,
  },
  relativeChange: {
    title: "Change of the weights (% of their length)",
    text: "Length of what the edit took away, as a percentage of the length of W.",
    formula: String.raw`\lVert\hat W-W\rVert_F\,/\,\lVert W\rVert_F`,
  },
} satisfies Record<string, GlossaryEntry>;
