import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { plantedPassages } from "../../stages/data/corpus/passages";
import { recitationOf, type Recitation } from "../../stages/data/recitation";
import type { CorpusSpec, TextTokenizer } from "../../stages/data/types";
import { ndcgAt10, RANKED } from "../../stages/evaluation/ndcg";
import { perplexity } from "../../stages/evaluation/perplexity";
import { TextScorer, type TextScores } from "../../stages/evaluation/text-scorer";
import type { LanguageModel, LinearId } from "../../stages/model/types";
import type { StageContext } from "../../stages/progress";
import { freshWindows } from "../text-study";

/** Fresh text of one seed. */
export interface FreshText {
  readonly seed: number;
  readonly windows: number;
}

/** What is scored: planted passages of these ids, in ascending order, and fresh texts. */
export interface ScoredTexts {
  readonly data: CorpusSpec;
  readonly passages: readonly number[];
  readonly texts: readonly FreshText[];
}

/** What a model makes of planted passages and fresh texts. */
export interface RecitationScores {
  /** Of each passage the tokens of the suffix that are not the most likely ones after the right ones before them. */
  readonly wrong: readonly number[];
  /** nDCG@10 against the unedited model and perplexity, of each fresh text. */
  readonly fresh: readonly { readonly ndcg: number; readonly perplexity: number }[];
}

/** Scores some planted passages and fresh texts of several seeds under one edit after the other. */
export class RecitationScorer {
  readonly #scorer: TextScorer;
  readonly #passages: readonly Recitation[];
  readonly #texts: readonly FreshText[];
  readonly #unedited: TextScores;

  private constructor(
    scorer: TextScorer,
    passages: readonly Recitation[],
    texts: readonly FreshText[],
    unedited: TextScores,
  ) {
    this.#scorer = scorer;
    this.#passages = passages;
    this.#texts = texts;
    this.#unedited = unedited;
  }

  static async create(
    backend: Backend,
    { model, tokenizer }: { readonly model: LanguageModel; readonly tokenizer: TextTokenizer },
    { data, passages, texts }: ScoredTexts,
    context: StageContext,
  ): Promise<RecitationScorer> {
    const asked = plantedPassages(data)
      .filter(({ id }) => passages.includes(id))
      .map((passage) => recitationOf(passage, tokenizer));
    const scored = [
      ...asked.map(({ prefix, suffix }) => [tokenizer.endOfText, ...prefix, ...suffix]),
      ...texts.flatMap(({ seed, windows }) => freshWindows(seed, tokenizer, windows)),
    ];
    const ends = asked.map(({ suffix }) => suffix.length);
    const scorer = await TextScorer.create(backend, model, scored, RANKED, ends);
    try {
      return new RecitationScorer(scorer, asked, texts, await scorer.score(new Map(), context));
    } catch (error) {
      await scorer.release();
      throw error;
    }
  }

  async score(
    weights: ReadonlyMap<LinearId, DeviceTensor>,
    context: StageContext,
  ): Promise<RecitationScores> {
    const scores = await this.#scorer.score(weights, context);
    const { starts, right, top, logProbabilities } = scores;
    const wrong = this.#passages.map(({ suffix }, i) => {
      const end = starts[i + 1] ?? 0;
      return right.subarray(end - suffix.length, end).reduce((sum, one) => sum + 1 - one, 0);
    });
    let text = this.#passages.length;
    const fresh = this.#texts.map(({ windows }) => {
      const [from = 0, to = 0] = [starts[text], starts[text + windows]];
      text += windows;
      const part = (ids: Uint32Array): Uint32Array => ids.subarray(from * RANKED, to * RANKED);
      return {
        ndcg: ndcgAt10({ unedited: part(this.#unedited.top), edited: part(top) }),
        perplexity: perplexity(logProbabilities.subarray(from, to)),
      };
    });
    return { wrong, fresh };
  }

  release(): Promise<void> {
    return this.#scorer.release();
  }
}
