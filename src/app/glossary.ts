/** What every word and number on the page means: shown on hover and focus. Formulas are TeX. */

export interface GlossaryEntry {
  readonly title: string;
  readonly text: string;
  readonly formula?: string;
  /** Where the paper says it. */
  readonly source?: string;
}

export const glossary = {
  memorized: {
    title: "Memorized (%)",
    text: "Share of the wrongly labelled training images that get exactly the wrong label they were trained with. Only learning by heart can do that; less is better.",
    formula: String.raw`\frac{1}{|N|}\sum_{x\in N}\mathbf{1}\!\left[\hat y(x)=y_{\text{given}}(x)\right]`,
    source: "section 2.2",
  },
  groundTruth: {
    title: "Ground truth (%)",
    text: "Share of the same wrongly labelled images that get the class they were drawn from, which the network was never told. More is better.",
    formula: String.raw`\frac{1}{|N|}\sum_{x\in N}\mathbf{1}\!\left[\hat y(x)=y_{\text{true}}(x)\right]`,
    source: "section 4.2.2",
  },
  clean: {
    title: "Clean (%)",
    text: "Share of the rightly labelled training images that get their label. More is better.",
    source: "section 2.2",
  },
  validation: {
    title: "Validation (%)",
    text: "Share of fresh images, not used in training, that get their class. More is better: this is what generalizes.",
    source: "section 2.2",
  },
  change: {
    title: "Change (percentage points)",
    text: "Difference to the unedited model.",
  },
  energy: {
    title: "Energy (% of the summed curvature)",
    text: "How much of the summed curvature the edit keeps. Pairs are kept from the most curved on until their products reach this share of the total; all flatter pairs are cut.",
    formula: String.raw`\sum_{(i,j)\,\text{kept}}\lambda_i\mu_j\;\ge\;\text{energy}\cdot\sum_{i,j}\lambda_i\mu_j`,
    source: "section 4",
  },
  ownEnergies: {
    title: "Own energies (%)",
    text: "A matrix may keep another share of its curvature than the rest of the edit: the authors' code, too, takes one energy for each of the three MLP matrices. A whole role, such as all down-projections, is set at once.",
    source: "the authors' code",
  },
  keep: {
    title: "Kept singular values (%)",
    text: "The SVD edit keeps this share of the singular values of W, largest first. It knows nothing of the data: a baseline.",
    formula: String.raw`\hat W=\sum_{k\le\text{keep}\cdot r}\sigma_k\,u_kv_k^{\top}`,
    source: "section 4.1",
  },
  pairs: {
    title: "K-FAC pairs",
    text: "W is written in the two eigenbases, coefficients of cut pairs are set to zero, and W is put together again. This is what the authors' code does.",
    formula: String.raw`\hat W=U_G\left(M\odot U_G^{\top}WU_A\right)U_A^{\top}`,
    source: "section 4; the mask M is the authors' code",
  },
  projection: {
    title: "K-FAC projection",
    text: "W is projected on every direction that occurs in any kept pair. This is the formula the paper prints. At one energy it keeps far more than pairs do, so do not compare the two at equal energy.",
    formula: String.raw`\hat W=P_GP_G^{\top}\,W\,P_AP_A^{\top}`,
    source: "section 4",
  },
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
    text: "All directions are sorted by curvature and cut into four bands. The response of a band is how strongly an image drives its directions, averaged over the band; memorized divided by clean tells whom the band serves.",
    formula: String.raw`\lVert Z_{ij}x\rVert=|v_i\cdot x|`,
    source: "section 3.1, figure 2",
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
  relativeChange: {
    title: "Change of the weights (% of their length)",
    text: "Length of what the edit took away, as a percentage of the length of W.",
    formula: String.raw`\lVert\hat W-W\rVert_F\,/\,\lVert W\rVert_F`,
  },
  labelNoise: {
    title: "Label noise (%)",
    text: "Share of training images whose label was replaced by another class, drawn at random. They are the planted memories.",
    source: "section 2.2",
  },
  parameters: { title: "Parameters", text: "Trained numbers of the network, weights and biases." },
  hiddenSize: {
    title: "Width (numbers per token)",
    text: "How many numbers describe one patch of the image inside the network.",
  },
  layers: {
    title: "Layers",
    text: "Transformer blocks, counted from 0: each has an attention part and an MLP of two matrices, fc1 and fc2.",
  },
  trainingImages: {
    title: "Training images",
    text: "Pictures of shapes, drawn by a fixed procedure from a seed. Your browser draws the same ones.",
  },
  noisedImages: {
    title: "Wrongly labelled images",
    text: "Training images with a wrong label, and their share of all training images.",
  },
  validationImages: {
    title: "Validation images",
    text: "Fresh images by the same procedure, never trained on and always labelled rightly.",
  },
  confidence: { title: "Confidence (%)", text: "Probability that the model gives to the class it predicts." },
  scan: {
    title: "Layer scan",
    text: "One matrix is edited at a time, by K-FAC at several energies and by SVD at several shares, to see where memory sits.",
    source: "section 4.2.2, figure 4 top",
  },
  gpuMemory: { title: "GPU memory (MB)", text: "Bytes this page holds in buffers of the graphics card." },
  rate: {
    title: "Rate and time left",
    text: "Units per second so far, and the time that the rest takes at this rate.",
  },
} as const satisfies Record<string, GlossaryEntry>;

export type TermName = keyof typeof glossary;
