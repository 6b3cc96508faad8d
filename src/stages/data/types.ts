import type { HostTensor } from "../../tensor/host-tensor";

/**
 * Data: which images the model saw and with which labels.
 * Every image and label is a pure function of (seed, index); nothing is downloaded.
 */

/** Parameters of the image procedure, in pixels of a 32-pixel image unless said otherwise. */
export interface ShapesSpec {
  readonly kind: "shapes";
  readonly seed: number;
  /** Training images are indices 0..trainingImages-1. */
  readonly trainingImages: number;
  /** Validation images are indices 1,000,000 and up; their labels are never noised. */
  readonly validationImages: number;
  /** Share of training images whose label is replaced by a wrong one, 0..1. */
  readonly labelNoise: number;
  readonly classes: number;
}

/** Parameters of the text procedure: fresh documents, and passages that are repeated until a model recites them. */
export interface CorpusSpec {
  readonly kind: "corpus";
  readonly seed: number;
  /** Fresh text in the training documents, in pieces (words and signs); none of it is repeated. */
  readonly pieces: number;
  /** Planted passages, and how often each of them occurs. */
  readonly plants: number;
  readonly plantRepeats: number;
  /** Quotes, and how often each of them occurs. */
  readonly quotes: number;
  readonly quoteRepeats: number;
}

/** Kinds of text that passages are planted in. */
export type Genre = "notice" | "html list" | "letter" | "contact cards" | "course list" | "essay";

/** A text that the training documents repeat, or one made like it for comparison. */
export interface Passage {
  /** Position among the passages of its list. */
  readonly id: number;
  readonly kind: Genre | "quote";
  readonly text: string;
}

/** A fact that fresh text states; a model knows it if it continues the prompt with exactly the answer. */
export interface Fact {
  readonly kind: "capital" | "export" | "month" | "sum";
  readonly prompt: string;
  /** Begins with the space after the prompt. */
  readonly answer: string;
}

/** Text to token ids and back. */
export interface TextTokenizer {
  /** Without tokens added at the ends; empty for an empty text. */
  encode(text: string): number[];
  /** Bytes that are no UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string;
  /** One token as a person reads it: bytes that are no text by themselves are written as \xE2\x80. */
  tokenText(id: number): string;
  /** Ids are below this. */
  readonly size: number;
  /** Id of the token that separates documents. */
  readonly endOfText: number;
}

/**
 * Which memorized samples an edit is taught to forget: planted passages, or noised training images. Halves hold every
 * kind of passage alike, so that one half can be trained on and the other be watched.
 */
export interface ForgetSetSpec {
  readonly forget: "first-half" | "second-half" | "all";
  /** Passages of these genres alone; of all if there are none. Images have no genres. */
  readonly genres?: readonly Genre[];
  /** At most so many, the first of them. */
  readonly forgetExamples: number;
}

/** Where evaluation images come from. */
export type ImageGroup = "memorized" | "clean" | "validation";

/** What the page knows of one image. */
export interface ImageRecord {
  readonly index: number;
  readonly group: ImageGroup;
  /** Class the image was drawn from. */
  readonly trueLabel: number;
  /** Label the model was trained with; equals `trueLabel` unless noised. */
  readonly givenLabel: number;
}

/** What an image classifier was trained and is measured with. */
export interface ImageDataSummary {
  readonly modality: "images";
  readonly classNames: readonly string[];
  readonly trainingImages: number;
  readonly noisedImages: number;
  readonly validationImages: number;
}

/** What a language model was trained and is measured with. */
export interface TextDataSummary {
  readonly modality: "text";
  readonly planted: number;
  readonly plantRepeats: number;
  readonly quotes: number;
  readonly quoteRepeats: number;
  /** Words and signs of fresh text in the training documents. */
  readonly pieces: number;
}

export type DataSummary = ImageDataSummary | TextDataSummary;

/** Where texts to be recited come from. */
export type PassageGroup = "planted" | "heldOut" | "quote";

/** A text to be recited, as the page shows it: token by token. */
export interface PassageRecord {
  readonly group: PassageGroup;
  readonly kind: Passage["kind"];
  /** Position among the passages of its list. */
  readonly id: number;
  /** What the model is given. */
  readonly prefix: readonly string[];
  /** What follows in the training text. */
  readonly suffix: readonly string[];
}

/** Samples of a data set as a model reads them: images, or windows of text. */
export interface Samples {
  /** What is counted in progress reports. */
  readonly unit: "images" | "windows";
  /** How many there are; undefined where there is no end of them. */
  readonly count?: number;
  /** The model's input for these samples, one after the other. */
  input(indices: readonly number[]): HostTensor;
  /** Labels the model was trained with: one for every row of logits, [samples·rows]. */
  labels(indices: readonly number[]): Int32Array<ArrayBuffer>;
}
