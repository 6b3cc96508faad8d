import type { ImageRecipe, TextRecipe } from "../recipe/schema";
import { freshText } from "../stages/data/corpus/fresh-documents";
import { plantedPassages } from "../stages/data/corpus/passages";
import { forgottenImages, forgottenPassages, retainedImages } from "../stages/data/forget-set";
import { recitationOf, PREFIX_TOKENS, SUFFIX_TOKENS } from "../stages/data/recitation";
import { tokenStream, windows } from "../stages/data/token-windows";
import type { Samples, TextTokenizer } from "../stages/data/types";
import type { ForgetAndRetain } from "../stages/edit/subnet-learner";
import type { BalancedSubnetSpec } from "../stages/edit/types";
import type { ImageModel, LanguageModel } from "../stages/model/types";
import { LabError } from "./failure";
import { imageSamples } from "./images";
import { textSamples } from "./texts";

/** Words and signs make at least one token each. */
const spare = 1.05;

function checkSets(forget: number, retain: number, spec: BalancedSubnetSpec, what: string): void {
  if (forget === 0) {
    throw new LabError(
      `The forget set of a BalancedSubnet edit is empty: there are no ${what} like that.`,
      "Choose other genres or both halves, or data with something memorized.",
    );
  }
  if (retain < spec.retainExamples) {
    throw new LabError(
      `A BalancedSubnet edit asks for ${spec.retainExamples} samples to retain, and there are ${retain}.`,
      "Ask for fewer.",
    );
  }
}

/** Planted passages, prefix and suffix, against windows of fresh text of the same length. */
export function textForgetAndRetain(
  { data }: TextRecipe,
  model: LanguageModel,
  tokenizer: TextTokenizer,
  spec: BalancedSubnetSpec,
): ForgetAndRetain {
  const planted = plantedPassages(data);
  const chosen = new Set(forgottenPassages(planted, spec));
  const passages = planted
    .filter(({ id }) => chosen.has(id))
    .map((passage) => {
      const { prefix, suffix } = recitationOf(passage, tokenizer);
      return [...prefix, ...suffix];
    });
  // Of so many tokens the last is only predicted.
  const tokens = Math.min(PREFIX_TOKENS + SUFFIX_TOKENS, model.summary.contextLength + 1);
  const fresh = retainedWindows(data.seed, tokenizer, tokens, spec.retainExamples);
  checkSets(passages.length, fresh.length, spec, "planted passages");
  return {
    model: model.ofLength(tokens - 1),
    samples: textSamples([...passages, ...fresh], tokens - 1),
    forget: passages.length,
    retain: fresh.length,
  };
}

function retainedWindows(
  seed: number,
  tokenizer: TextTokenizer,
  tokens: number,
  count: number,
): readonly Int32Array[] {
  if (count === 0) return [];
  const text = freshText(seed, "retain", Math.ceil(count * tokens * spare));
  return windows(tokenStream(text, tokenizer), tokens, tokens).slice(0, count);
}

/** Noised images with the labels they were trained with, against clean ones. */
export function imageForgetAndRetain(
  { data }: ImageRecipe,
  model: ImageModel,
  spec: BalancedSubnetSpec,
): ForgetAndRetain {
  const forget = forgottenImages(data, spec);
  const retain = retainedImages(data, spec.retainExamples);
  checkSets(forget.length, retain.length, spec, "noised images");
  const images = [...forget, ...retain];
  return {
    model,
    samples: picked(imageSamples(data), images),
    forget: forget.length,
    retain: retain.length,
  };
}

/** Samples numbered anew: sample i is `indices[i]` of the others. */
function picked(samples: Samples, indices: readonly number[]): Samples {
  const of = (chosen: readonly number[]): number[] => chosen.map((i) => indices[i] ?? 0);
  return {
    unit: samples.unit,
    input: (chosen) => samples.input(of(chosen)),
    labels: (chosen) => samples.labels(of(chosen)),
  };
}
