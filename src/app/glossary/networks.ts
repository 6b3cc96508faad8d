import type { GlossaryEntry } from "./entry";

/** What a network is made of, and how it was or is trained. */
export const networksTerms = {
  parameters: { title: "Parameters", text: "Trained numbers of the network, weights and biases." },
  hiddenSize: {
    title: "Width (numbers per token)",
    text: "How many numbers describe one patch of the image inside the network.",
  },
  layers: {
    title: "Layers",
    text: "Transformer blocks, counted from 0: each has an attention part and an MLP of two matrices, fc1 and fc2.",
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
  labelNoise: {
    title: "Label noise (%)",
    text: "Share of training images whose label was replaced by another class, drawn at random. They are the planted memories.",
    source: "section 2.2",
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
} satisfies Record<string, GlossaryEntry>;
