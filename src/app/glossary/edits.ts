import type { GlossaryEntry } from "./entry";

/** What the edits do to W, and what they take. */
export const editsTerms = {
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
  ranking: {
    title: "Ranking of the pairs",
    text: "Which pairs count as curved. λμ is the paper's: the curvature of a direction. Saliency weighs it by the weight that lies there: what leaving the coefficient out costs. EK-FAC measures the curvature of each pair in a second pass over the data, token by token, instead of taking the product of two means.",
    formula: String.raw`\lambda_i\mu_j,\qquad \lambda_i\mu_jC_{ji}^2,\qquad \mathbb{E}\left[(u_j\cdot g)^2(v_i\cdot a)^2\right]`,
    source: "λμ: section 4; the others are not in the paper",
  },
  rankedEnergy: {
    title: "Energy of this ranking (%)",
    text: "Pairs are kept from the largest value of the chosen ranking on until their values reach this share of the sum of all. Shares of different rankings are of different sums: compare edits by how many pairs they keep.",
    formula: String.raw`\sum_{(i,j)\,\text{kept}}r_{ij}\;\ge\;\text{energy}\cdot\sum_{i,j}r_{ij}`,
  },
  control: {
    title: "Control",
    text: "Keeps exactly as many numbers of each matrix as K-FAC pairs does, but chosen in another way: pairs drawn at random, the largest coefficients in the same basis, or the largest weights without any basis. What K-FAC does beyond it, curvature does.",
    formula: String.raw`M\ \text{random},\qquad |C_{ji}|\ge t,\qquad |W_{ji}|\ge t`,
  },
  controlEnergy: {
    title: "Size of the control (%)",
    text: "As many pairs, or weights, are kept as K-FAC pairs, ranked by λμ, keeps at this energy.",
  },
  editSeconds: {
    title: "Time (of this edit alone)",
    text: "From what all edits of the method share to the edited weights: a product in the eigenbasis, or all steps of learning a mask. What the evaluation takes is not counted.",
  },
  sharedSeconds: {
    title: "Shared time",
    text: "What all edits of the method share: factors and their eigenvectors for K-FAC, singular vectors for SVD. It is spent once, whatever the energy.",
  },
  labelled: {
    title: "Labelled samples",
    text: "Samples somebody has to know as memorized or as not memorized before the edit can be made. K-FAC and SVD need none.",
    source: "sections 1 and 2.1.1",
  },
} satisfies Record<string, GlossaryEntry>;
