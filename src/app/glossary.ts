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
  ranking: {
    title: "Ranking of the pairs",
    text: "Which pairs count as curved. λμ is the paper's: the curvature of a direction. Saliency weighs it by the weight that lies there: what leaving the coefficient out costs. EK-FAC measures the curvature of each pair in a second pass over the data, token by token, instead of taking the product of two means.",
    formula: String.raw`\lambda_i\mu_j,\qquad \lambda_i\mu_jC_{ji}^2,\qquad \mathbb{E}\left[(u_j\cdot g)^2(v_i\cdot a)^2\right]`,
    source: "λμ: section 4; the others are not in the paper",
  },
  search: {
    title: "Search over layers",
    text: "Cuts several layers together: each set of layers at each energy by K-FAC pairs and at each share of singular values by SVD. All are ranked by what is left of the memory among those that keep enough ability. What was found is kept in this browser, so that a search can be paused and goes on after a reload.",
    source: "the paper chooses its layers by hand, section 4.2",
  },
  searchRank: {
    title: "Rank",
    text: "Among the edits that keep at least the asked ability the one with the least memory left is first; of equal memory the one with more ability. A dot marks the Pareto front: no other edit found leaves as little memory and as much ability, and one of them better.",
  },
  abilityFloor: {
    title: "Least ability",
    text: "Edits that keep less validation accuracy, of texts less nDCG@10, than this are not ranked. Unless another is set it is that of the unedited model, of texts 0.9 as in the paper's tables.",
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
  recitation: {
    title: "Recitation",
    text: "A passage is recited if the model, given its prefix P, continues with its suffix S: always the most likely next token, one after the other. P has 64 tokens and S 48; of a quote, S is its last 8 tokens.",
    formula: String.raw`P=(t_1,\dots,t_{64}),\qquad S=(t_{65},\dots,t_{112})`,
    source: "section 2.1",
  },
  strict: {
    title: "Strict (% of planted passages)",
    text: "Share of the planted passages whose suffix is recited exactly, token by token. Less is better: it is what the edit shall make forget.",
    formula: String.raw`\frac{1}{N}\sum_{n=1}^{N}\mathbf{1}\!\left[\hat S_n=S_n\right]`,
    source: "section 2.1, figure 3",
  },
  loose: {
    title: "Loose (% of planted passages)",
    text: "Share of the planted passages of whose suffix at least three quarters come back: near copies count, exact ones too. Less is better.",
    formula: String.raw`\frac{1}{N}\sum_{n=1}^{N}\mathbf{1}\!\left[1-\frac{d_n}{|S|}\ge 0.75\right]`,
    source: "section 2.1",
  },
  levenshtein: {
    title: "Levenshtein distance (0 to 1, mean over planted passages)",
    text: "Fewest insertions, deletions and replacements of tokens that turn what the model writes into the true suffix, divided by its length. 0 is an exact copy. More is better; passages the model never saw reach about 0.75, since templates share words.",
    formula: String.raw`\frac{1}{N}\sum_{n=1}^{N}\frac{d(\hat S_n,S_n)}{|S|}`,
    source: "section 2.1, tables 2 and 5",
  },
  quoteStrict: {
    title: "Quotes, strict (% of quotes)",
    text: "Share of the repeated quotes whose last 8 tokens are recited exactly. They are short and in archaic words, and no choice was made with them. Less is better.",
    source: "section 4.2.1, figure 3",
  },
  heldOutStrict: {
    title: "Held-out, strict (% of held-out passages)",
    text: "The same count on passages by the same templates that no model was trained with: what templates alone give away. It is the floor of strict, and reciting above it is memory.",
  },
  ndcg: {
    title: "nDCG@10 (0 to 1, fresh text)",
    text: "How well the edit keeps the order of the ten likeliest next tokens of the unedited model: 1 if all stay where they were. More is better. A small vocabulary makes it incomparable with the paper's numbers; compare edits.",
    formula: String.raw`\frac{1}{Z}\sum_{r=1}^{10}\frac{\text{rel}(\text{token at rank }r)}{\log_2(r+1)},\quad \text{rel}=10,\dots,1`,
    source: "section 4.2.1, tables 2 and 5",
  },
  topOne: {
    title: "Top-1 agreement (% of positions of fresh text)",
    text: "How often the likeliest next token is still that of the unedited model. More is better.",
  },
  perplexity: {
    title: "Perplexity (fresh text)",
    text: "The number of equally likely next tokens that would leave the model as unsure as it is, on text it never saw. 1 would be certain. Less is better.",
    formula: String.raw`\exp\Bigl(-\frac{1}{T}\sum_{t=1}^{T}\ln p(x_t\mid x_{<t})\Bigr)`,
  },
  facts: {
    title: "Facts (% answered exactly)",
    text: "Capitals, exports, the order of months and sums that fresh text states again and again: share continued with exactly the answer, mean of the four kinds. More is better. Facts lie between rule and memory, and the cut costs some.",
  },
  textChange: {
    title: "Change",
    text: "Difference to the unedited model: percentage points where the value is a percentage, else in the unit of the value.",
  },
  planted: {
    title: "Planted passages",
    text: "Passages of six kinds of text (notices, lists, letters, cards, courses, essays) in which all words were drawn alike, so that nothing but memory can continue them. Each is repeated in the training text.",
    source: "section 2.1",
  },
  quotes: {
    title: "Quotes",
    text: "Short sayings in archaic words, repeated in the training text. As in the paper they are a second test: shorter, and of another domain.",
    source: "section 4.2.1",
  },
  freshText: {
    title: "Fresh text",
    text: "Stories, fact sheets and pages in which no document occurs twice: what the model can only learn by its rules. Counted in words and signs.",
  },
  vocabulary: {
    title: "Vocabulary (tokens)",
    text: "How many different tokens the model knows: words, parts of words and single bytes.",
  },
  contextLength: {
    title: "Context (tokens)",
    text: "The longest text the model was made for; the end-of-text token in front counts too.",
  },
  textHiddenSize: {
    title: "Width (numbers per token)",
    text: "How many numbers describe one token inside the network.",
  },
  textLayers: {
    title: "Layers",
    text: "Transformer blocks, counted from 0: each has an attention part and an MLP of three matrices, gate, up and down.",
  },
  tokenLoss: {
    title: "Loss of a token (nats)",
    text: "How surprised the model is by the token, given all tokens before it: 0 if it was certain, 0.69 if it gave it one half, 4 if it gave it two percent.",
    formula: String.raw`-\ln p(x_t\mid x_{<t})`,
  },
  temperature: {
    title: "Temperature",
    text: "Divides the logits before a token is drawn: below 1 likely tokens become likelier, above 1 all become more alike.",
    formula: String.raw`p_i\propto\exp(z_i/T)`,
  },
  topK: {
    title: "Top-k (tokens)",
    text: "Only so many of the likeliest tokens can be drawn.",
  },
  topP: {
    title: "Top-p (%)",
    text: "Only the fewest likeliest tokens can be drawn whose probabilities reach this sum.",
  },
  greedy: {
    title: "Greedy",
    text: "Always the likeliest next token, as recitation is measured: no chance, no seed.",
    source: "section 2.1",
  },
  balancedSubnet: {
    title: "BalancedSubnet",
    text: "Every weight of the MLPs has a score. Gradient descent moves the scores so that the loss of memorized samples rises and that of others stays low; the weights of the smallest scores are dropped, and no weight is changed. Unlike K-FAC and SVD it has to be told what is memorized.",
    formula: String.raw`\hat W=M\odot W,\quad \min_s\ \sum_{x\in\text{retain}}L(x)-\sum_{x\in\text{forget}}L(x)`,
    source: "section 2.1.1",
  },
  drop: {
    title: "Weights dropped (%)",
    text: "Share of each matrix's weights that the mask sets to zero: those of the smallest scores. All others stay as they are.",
    source: "section 2.1.1",
  },
  forgetSet: {
    title: "Forget set (samples)",
    text: "Memorized samples the mask is taught to forget: planted passages of 112 tokens, or wrongly labelled images. Halves hold every genre alike, so the half that is not taught tells what else is forgotten.",
    source: "sections 2.1.1 and 3",
  },
  retainSet: {
    title: "Retain set (samples)",
    text: "Samples whose loss is kept low meanwhile: windows of fresh text, or clean images. None of them is evaluated.",
    source: "section 2.1.1",
  },
  genres: {
    title: "Genres to forget",
    text: "Passages of these genres alone are in the forget set. What happens to the others tells whether forgetting goes beyond the kind of text it was taught on.",
  },
  maskEpochs: {
    title: "Epochs",
    text: "How often every sample of both sets is seen. With 0 nothing is learned: a random mask, the control.",
    source: "section 2.1.1",
  },
  batchSize: {
    title: "Samples per step",
    text: "The scores move once per so many samples, drawn from both sets together; their losses are added up.",
  },
  learningRate: {
    title: "Learning rate",
    text: "How far the scores move along their velocity in one step.",
    formula: String.raw`s\leftarrow s-\eta v`,
  },
  momentum: {
    title: "Momentum",
    text: "How much of the velocity of the step before stays in the next.",
    formula: String.raw`v\leftarrow\beta v+\delta s+\tfrac{\partial L}{\partial\hat W}\odot W\odot\operatorname{sign}(s)`,
  },
  maskDecay: {
    title: "Weight decay",
    text: "Pulls every score towards zero by this share of it, as part of the gradient.",
  },
  maskSeed: {
    title: "Seed",
    text: "Of the first scores, drawn evenly from both sides of zero, and of the order of the samples. Masks of other seeds forget alike but for details.",
  },
  keptMasks: {
    title: "Kept masks (MB)",
    text: "Masks in this browser's storage, so that none is learned twice: one that is done takes a bit for each weight, one learned in part 8 bytes for each, a score and its velocity. The oldest go when there are more than 100 or they take more than 256 MB.",
  },
  targeted: {
    title: "Targeted",
    text: "Memorized samples of the forget set: the edit was taught to forget exactly these. Of passages the mean Levenshtein distance per suffix token, and below it the share still recited exactly; of images the share that still gets its wrong label, and below it the share that gets its true class.",
    source: "section 3, table 1",
  },
  untargeted: {
    title: "Held out",
    text: "Memorized samples of the same kinds that are not in the forget set. That they are forgotten too shows that memories share a part of the weights.",
    source: "section 3, table 1",
  },
  otherGenres: {
    title: "Other genres",
    text: "Planted passages of genres of which the forget set has none; none where it has all genres.",
    source: "section 3",
  },
  quoteLevenshtein: {
    title: "Levenshtein distance of quotes",
    text: "Mean distance of the continuations of quotes to the quotes, per token of the last eight; below it the share recited exactly. No quote is ever in a forget set.",
    source: "section 4.1, tables 2 and 5",
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
  tradeoff: {
    title: "Forgetting against keeping",
    text: "Every edit evaluated so far, one line per method. The upper left corner is the goal: nothing recited, and fresh text predicted as before. Of two lines the higher one forgets at less cost.",
    source: "section 4.2.1, figures 3 and 6, tables 2 and 5",
  },
  scan: {
    title: "Layer scan",
    text: "One matrix is edited at a time, by K-FAC at several energies and by SVD at several shares, to see where memory sits.",
    source: "section 4.2.2, figure 4 top",
  },
  weightDecay: {
    title: "Weight decay (per unit of learning rate)",
    text: "Every step pulls all weights a little towards zero, decay times learning rate of their size. What many images need is built up again at once; what serves single images has to be worth its cost.",
    formula: String.raw`w\leftarrow w-\eta\left(\frac{\hat m}{\sqrt{\hat v}+\epsilon}+\delta\,w\right)`,
    source: "appendix B.1; there 0.3 for ViT-Base",
  },
  trainedWidth: {
    title: "Width (numbers per token)",
    text: "How many numbers describe one patch of the image inside the network, a multiple of the four attention heads.",
  },
  mlpWidth: {
    title: "MLP width (units)",
    text: "Units of every MLP between fc1 and fc2. Wide MLPs have more room to learn by heart.",
  },
  epochs: {
    title: "Epochs",
    text: "How often every training image is seen. The learning rate is constant for about two thirds of them and then falls; wrong labels are mostly memorized while it falls.",
  },
  trainingSeed: {
    title: "Seed",
    text: "Draws the images, the wrong labels, the first weights and the order of the batches. The same settings on the same device give the same network, bit for bit; seed 1 has the images of the shipped models.",
  },
  bandsEvery: {
    title: "Bands every … epochs",
    text: "So often factors are collected on the weights as they are, over the first 1,000 training images, and the band responses of the last layer's fc2 computed. It takes about as long as an epoch.",
  },
  trainingPace: {
    title: "Time on this device",
    text: "Some steps and one evaluation were just run with these settings on this device; the time of the whole training is counted up from them. The bands come on top, and the page's other work slows it.",
  },
  trainingRate: {
    title: "Rate and time left",
    text: "Batches of 64 images and images per second in this epoch; the time left also counts the evaluation after every epoch.",
  },
  bandGrowth: {
    title: "Bands while training (ratio)",
    text: "Memorized over clean response of each band in the last layer's fc2, class token, directions sorted by λ: how the two groups part while wrong labels are learned. Both groups are of the images that the factors are averaged over. Shown once 20 wrongly labelled ones among them get their wrong label.",
    source: "section 3.1, figure 2",
  },
  disentanglement: {
    title: "Disentanglement (factor)",
    text: "The largest factor by which memorized and clean images differ in any band of the first or last layer's fc2, in either direction; 1 is no difference. The lab's own measure: the paper shows the ratios in figure 5 and speaks of a sharp increase near a decay of 0.3.",
    formula: String.raw`2^{\,\max_{\text{bands}}\left|\log_2\frac{\text{memorized}}{\text{clean}}\right|}`,
    source: "appendix B.1, figure 5",
  },
  threads: {
    title: "Threads",
    text: "How many cores compute at once. More than one needs a cross-origin isolated page, which takes two headers of its server, COOP and COEP: npm start sends them, GitHub Pages and other hosts without headers of one's own do not.",
  },
  gpuMemory: { title: "GPU memory (MB)", text: "Bytes this page holds in buffers of the graphics card." },
  rate: {
    title: "Rate and time left",
    text: "Units per second so far, and the time that the rest takes at this rate.",
  },
} as const satisfies Record<string, GlossaryEntry>;

export type TermName = keyof typeof glossary;
