import type { TextRecipe } from "../recipe/schema";
import type { Backend } from "../runtime/backend";
import { facts } from "../stages/data/corpus/facts";
import { freshText } from "../stages/data/corpus/fresh-documents";
import { heldOutPassages, plantedPassages, quotes } from "../stages/data/corpus/passages";
import { recitationOf, type Recitation } from "../stages/data/recitation";
import { checkVocabulary } from "../stages/data/tokenizer";
import { tokenStream, windows } from "../stages/data/token-windows";
import type { TextTokenizer } from "../stages/data/types";
import type { Passage, PassageGroup, PassageRecord } from "../stages/data/types";
import { Decoder } from "../stages/evaluation/decoder";
import { exactMatch } from "../stages/evaluation/exact-match";
import { ndcgAt10, RANKED, topOneAgreement } from "../stages/evaluation/ndcg";
import { perplexity } from "../stages/evaluation/perplexity";
import { recitationMetrics, recite, type Recited } from "../stages/evaluation/recitation";
import { endIsRight, TextScorer, type TextScores } from "../stages/evaluation/text-scorer";
import type { Continuation, TextMetrics } from "../stages/evaluation/types";
import type { LanguageModel } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { LabError } from "./failure";
import { textForgetAndRetain } from "./forget-sets";
import type { TextLoader } from "./own-texts";
import type { BandGroups, Evaluation, Outcome, Study, Subject } from "./study";
import { factorSamples, textSamples, WINDOW_POSITIONS } from "./texts";

/** Passages of each group whose responses are averaged. */
const passagesPerGroup = 40;
/** Words and signs that a window of fresh text needs at the most. */
const piecesPerWindow = 160;

/** The corpus of a recipe: planted passages among fresh text. */
export function textSubject(recipe: TextRecipe, loadText: TextLoader): Subject {
  const { plants, plantRepeats, quotes: quoted, quoteRepeats, pieces } = recipe.data;
  return {
    summary: { modality: "text", planted: plants, plantRepeats, quotes: quoted, quoteRepeats, pieces },
    factorSamples: recipe.factors.windows,
    with: (model) => {
      if (model.modality !== "text") {
        throw new LabError(
          "This is an image classifier, and the recipe is for text.",
          "Choose a language model, or a recipe for images.",
        );
      }
      return textStudy(recipe, model, readingTokenizer(model), loadText);
    },
  };
}

/**
 * The tokenizer of a model that the lab can have read.
 * @throws LabError or TokenizerError that names what the model lacks.
 */
export function readingTokenizer({ tokenizer, summary }: LanguageModel): TextTokenizer {
  if (!tokenizer) {
    throw new LabError(
      "This language model came without a tokenizer.",
      "Add its tokenizer.json and tokenizer_config.json to the folder and load it again.",
    );
  }
  checkVocabulary(tokenizer, summary.vocabulary);
  if (summary.contextLength < WINDOW_POSITIONS) {
    throw new LabError(
      `This language model was made for ${summary.contextLength} tokens (max_position_embeddings), and the lab measures with texts of ${WINDOW_POSITIONS}.`,
      "Choose a model with a longer context.",
    );
  }
  return tokenizer;
}

function textStudy(
  recipe: TextRecipe,
  model: LanguageModel,
  tokenizer: TextTokenizer,
  loadText: TextLoader,
): Study {
  return {
    model,
    tapped: model.ofLength(WINDOW_POSITIONS),
    samples: (context) => factorSamples(recipe, tokenizer, WINDOW_POSITIONS, loadText, context),
    prepare: (backend, context) => TextEvaluation.prepare(recipe, model, tokenizer, backend, context),
    forgetAndRetain: async (spec, { signal }) => {
      // Lets messages in before the text is made.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      return textForgetAndRetain(recipe, model, tokenizer, spec);
    },
  };
}

interface Asked extends Recitation {
  readonly group: PassageGroup;
}

/** The passages of a recipe's evaluation, in the order in which they are shown. */
function askedPassages(recipe: TextRecipe, tokenizer: TextTokenizer): Asked[] {
  const { data, evaluation } = recipe;
  const of = (group: PassageGroup, passages: readonly Passage[], count: number): Asked[] =>
    passages.slice(0, count).map((passage) => ({ group, ...recitationOf(passage, tokenizer) }));
  return [
    ...of("planted", plantedPassages(data), evaluation.planted),
    ...of("heldOut", heldOutPassages(data, evaluation.heldOut), evaluation.heldOut),
    ...of("quote", quotes(data), evaluation.quotes),
  ];
}

/** Windows of the fresh text that a seed is evaluated on. */
export function freshWindows(seed: number, tokenizer: TextTokenizer, count: number): number[][] {
  const text = freshText(seed, "evaluation", count * piecesPerWindow);
  const cut = windows(tokenStream(text, tokenizer), WINDOW_POSITIONS, WINDOW_POSITIONS - 1);
  return cut.slice(0, count).map((window) => [...window]);
}

/** Texts that are scored in one go: passages, then facts, then windows of fresh text. */
interface Scored {
  readonly passages: readonly Asked[];
  /** Tokens of each fact's answer. */
  readonly answers: readonly number[];
  readonly asked: ReturnType<typeof facts>;
}

class TextEvaluation implements Evaluation {
  readonly evaluated: { readonly kind: "passages"; readonly records: readonly PassageRecord[] };
  #unedited: Outcome;
  readonly bands: BandGroups;
  readonly #scorer: TextScorer;
  readonly #decoder: Decoder;
  readonly #tokenizer: TextTokenizer;
  readonly #scored: Scored;
  /** The ten most likely next tokens at every position of fresh text, unedited. */
  readonly #baseline: Uint32Array;

  private constructor(
    scorer: TextScorer,
    decoder: Decoder,
    tokenizer: TextTokenizer,
    scored: Scored,
    scores: TextScores,
    model: LanguageModel,
  ) {
    this.#scorer = scorer;
    this.#decoder = decoder;
    this.#tokenizer = tokenizer;
    this.#scored = scored;
    this.#baseline = this.#fresh(scores).top;
    const tokens = (ids: readonly number[]): string[] => ids.map((id) => tokenizer.tokenText(id));
    this.evaluated = {
      kind: "passages",
      records: scored.passages.map(({ group, kind, id, prefix, suffix }) => ({
        group,
        kind,
        id,
        prefix: tokens(prefix),
        suffix: tokens(suffix),
      })),
    };
    this.#unedited = this.#outcome(scores, this.#recited(scores), new Map());
    this.bands = this.#bandGroups(scores, model);
  }

  static async prepare(
    recipe: TextRecipe,
    model: LanguageModel,
    tokenizer: TextTokenizer,
    backend: Backend,
    context: StageContext,
  ): Promise<TextEvaluation> {
    const passages = askedPassages(recipe, tokenizer);
    const asked = facts();
    const answers = asked.map(({ answer }) => tokenizer.encode(answer).length);
    const texts = [
      ...passages.map(({ prefix, suffix }) => [tokenizer.endOfText, ...prefix, ...suffix]),
      ...asked.map(({ prompt, answer }) => [
        tokenizer.endOfText,
        ...tokenizer.encode(prompt),
        ...tokenizer.encode(answer),
      ]),
      ...freshWindows(recipe.data.seed, tokenizer, recipe.evaluation.freshWindows),
    ];
    // Of passages and facts only how they end is measured.
    const ends = [...passages.map(({ suffix }) => suffix.length), ...answers];
    const scorer = await TextScorer.create(backend, model, texts, RANKED, ends);
    const decoder = new Decoder(backend, model);
    try {
      const scores = await scorer.score(new Map(), context);
      const scored = { passages, asked, answers };
      const evaluation = new TextEvaluation(scorer, decoder, tokenizer, scored, scores, model);
      const recited = evaluation.#recited(scores);
      evaluation.#unedited = await evaluation.#generate(scores, recited, new Map(), context);
      return evaluation;
    } catch (error) {
      await scorer.release();
      await decoder.release();
      throw error;
    }
  }

  get unedited(): Outcome {
    return this.#unedited;
  }

  async measure(
    weights: Parameters<Evaluation["measure"]>[0],
    context: StageContext,
    onPart?: (outcome: Outcome) => void,
  ): Promise<Outcome> {
    const scores = await this.#scorer.score(weights, context);
    const recited = this.#recited(scores);
    onPart?.(this.#outcome(scores, recited, new Map()));
    return this.#generate(scores, recited, weights, context);
  }

  async score(weights: Parameters<Evaluation["measure"]>[0], context: StageContext): Promise<Outcome> {
    const scores = await this.#scorer.score(weights, context);
    return this.#outcome(scores, this.#recited(scores), new Map());
  }

  async release(): Promise<void> {
    await this.#scorer.release();
    await this.#decoder.release();
  }

  /** Lets the model continue every prefix whose suffix it does not recite exactly. */
  async #generate(
    scores: TextScores,
    recited: readonly Recited[],
    weights: Parameters<Evaluation["measure"]>[0],
    context: StageContext,
  ): Promise<Outcome> {
    const { passages } = this.#scored;
    const open = passages.flatMap((passage, i) => (recited[i]?.strict === true ? [] : [{ ...passage, i }]));
    const generated = new Map<number, readonly number[]>();
    let tokens = 0;
    const total = open.reduce((sum, { suffix }) => sum + suffix.length, 0);
    for (const maxTokens of new Set(open.map(({ suffix }) => suffix.length))) {
      const group = open.filter(({ suffix }) => suffix.length === maxTokens);
      const texts = await this.#decoder.generate({
        prompts: group.map(({ prefix }) => [this.#tokenizer.endOfText, ...prefix]),
        maxTokens,
        sampling: { kind: "greedy" },
        stop: [this.#tokenizer.endOfText],
        replaced: weights,
        onToken: () => {
          context.onProgress(Math.min(++tokens, total), total, "tokens");
        },
        signal: context.signal,
      });
      for (const [at, text] of texts.entries()) {
        const place = group[at]?.i;
        if (place !== undefined) generated.set(place, text);
      }
    }
    const whole = recited.map((one, i) => {
      const continuation = generated.get(i);
      return continuation ? recite(passages[i]?.suffix ?? [], continuation) : one;
    });
    return this.#outcome(scores, whole, generated);
  }

  /** What teacher forcing tells of each passage: whether it is recited exactly. */
  #recited(scores: TextScores): Recited[] {
    return this.#scored.passages.map(({ suffix }, i) => {
      const strict = endIsRight(scores, i, suffix.length);
      return { length: suffix.length, strict, distance: strict ? 0 : undefined };
    });
  }

  #outcome(
    scores: TextScores,
    recited: readonly Recited[],
    generated: ReadonlyMap<number, readonly number[]>,
  ): Outcome {
    const { passages } = this.#scored;
    const of = (group: PassageGroup): TextMetrics["planted"] =>
      recitationMetrics(recited.filter((_, i) => passages[i]?.group === group));
    const continuations = passages.map(({ suffix }, i): Continuation => {
      const { strict = false, distance } = recited[i] ?? {};
      const ids = strict ? suffix : generated.get(i);
      return { strict, distance, tokens: ids?.map((id) => this.#tokenizer.tokenText(id)) };
    });
    return { modality: "text", metrics: this.#metrics(scores, of), continuations };
  }

  #metrics(scores: TextScores, of: (group: PassageGroup) => TextMetrics["planted"]): TextMetrics {
    const { passages, asked, answers } = this.#scored;
    const fresh = this.#fresh(scores);
    const tops = { unedited: this.#baseline, edited: fresh.top };
    const exact = answers.map((tokens, i) => endIsRight(scores, passages.length + i, tokens));
    return {
      planted: of("planted"),
      heldOut: of("heldOut"),
      quotes: of("quote"),
      ndcg: ndcgAt10(tops),
      topOne: topOneAgreement(tops),
      perplexity: perplexity(fresh.logProbabilities),
      facts: exactMatch(asked, exact),
    };
  }

  /** The part of the scores that is of fresh text. */
  #fresh({ starts, top, logProbabilities }: TextScores): Pick<TextScores, "top" | "logProbabilities"> {
    const first = starts[this.#scored.passages.length + this.#scored.asked.length] ?? 0;
    return { top: top.subarray(first * RANKED), logProbabilities: logProbabilities.subarray(first) };
  }

  /** Planted passages that are recited, against passages of the same kinds that were never trained on. */
  #bandGroups(scores: TextScores, model: LanguageModel): BandGroups {
    const { passages } = this.#scored;
    const recited = this.#recited(scores);
    const texts = passages.map(({ prefix, suffix }) => [this.#tokenizer.endOfText, ...prefix, ...suffix]);
    const pick = (group: PassageGroup, learned: boolean): number[] =>
      passages
        .flatMap((passage, i) =>
          passage.group === group && (recited[i]?.strict ?? false) === learned ? [i] : [],
        )
        .slice(0, passagesPerGroup);
    const length = Math.max(1, ...texts.map((text) => text.length)) - 1;
    return {
      tapped: model.ofLength(length),
      samples: textSamples(texts, length),
      memorized: pick("planted", true),
      clean: pick("heldOut", false),
      giveFactors: false,
    };
  }
}
