import type { KfacEdit } from "../../recipe/own-energies";
import type { TextRecipe } from "../../recipe/schema";
import { withSearched } from "../../recipe/search";
import { plantedPassages } from "../../stages/data/corpus/passages";
import { forgottenPassages } from "../../stages/data/forget-set";
import type { EditSpec } from "../../stages/edit/types";
import type { LinearId } from "../../stages/model/types";
import type { StageContext } from "../../stages/progress";
import type { Pipeline } from "../pipeline";
import { readingTokenizer } from "../text-study";
import { LabError } from "../failure";
import { chooseEnergies, type Energies, type EnergySearch } from "./choose-energies";
import { RecitationScorer, type FreshText, type RecitationScores } from "./recitation-scorer";

/** Energies of a K-FAC edit by pairs, chosen on one half of the planted passages and judged on the other. */
export interface HeldOutSpec extends EnergySearch {
  /**
   * Fresh texts whose mean nDCG@10 the choice sees. Every trial is scored on the first alone, corrected by how far one
   * cut of even energy is from its mean over all there: texts differ in what a cut costs, but much alike for all cuts.
   */
  readonly choosing: readonly FreshText[];
  /** Energy of that cut. */
  readonly even: number;
  /** Fresh texts that no choice sees. */
  readonly judging: readonly FreshText[];
}

export const halves = ["first-half", "second-half"] as const;
export type Half = (typeof halves)[number];

/** What an edit leaves. */
export interface Judged {
  readonly edit: EditSpec;
  /** Share of the passages of each half that is recited exactly. */
  readonly strict: Readonly<Record<Half, number>>;
  /** nDCG@10 on the texts that choices see, their mean, and on each that none sees. */
  readonly choosing: number;
  readonly judging: readonly number[];
}

export interface ChosenEdit {
  /** Half of the passages that the energies were chosen on. */
  readonly on: Half;
  readonly edit: KfacEdit;
  /** How many energies were tried. */
  readonly tried: number;
}

/** How much is memorized still: 1 for a passage recited exactly, half of that for every wrong token; the mean. */
export function memoryLeft({ wrong }: Pick<RecitationScores, "wrong">): number {
  return wrong.reduce((sum, tokens) => sum + 2 ** -tokens, 0) / wrong.length;
}

/** The edit of these energies; what is left as it is belongs to no edit. */
export function editOf(linears: readonly LinearId[], energies: Energies): EditSpec {
  const cut = linears.filter((linear) => (energies[linear] ?? 1) < 1);
  const [energy = 1] = cut.map((linear) => energies[linear] ?? 1).toSorted((a, b) => b - a);
  const own = cut.flatMap((linear) => {
    const one = energies[linear] ?? energy;
    return one === energy ? [] : [[linear, one] as const];
  });
  if (cut.length === 0) return { method: "none" };
  const edit: KfacEdit = { method: "kfac", linears: cut, energy, selection: "pairs" };
  return own.length === 0 ? edit : { ...edit, energies: Object.fromEntries(own) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Chooses and judges edits of one recipe, whose factors are collected once. */
export class HeldOut {
  readonly #pipeline: Pipeline;
  readonly #recipe: TextRecipe;
  readonly #spec: HeldOutSpec;
  readonly #context: StageContext;
  /** The same for every choice. */
  #correction: Promise<number> | undefined;

  private constructor(pipeline: Pipeline, recipe: TextRecipe, spec: HeldOutSpec, context: StageContext) {
    this.#pipeline = pipeline;
    this.#recipe = recipe;
    this.#spec = spec;
    this.#context = context;
  }

  /** Collects the factors of the linears to choose for, and of those that these edits cut. */
  static async open(
    pipeline: Pipeline,
    recipe: TextRecipe,
    edits: readonly EditSpec[],
    spec: HeldOutSpec,
    context: StageContext,
  ): Promise<HeldOut> {
    const kfac = edits.filter(({ method }) => method === "kfac" || method === "svd");
    const own = { ...recipe, factors: { ...recipe.factors, linears: spec.linears }, edits: kfac };
    // What a pipeline evaluates by itself is not looked at.
    const evaluation = { planted: 1, heldOut: 0, quotes: 0, freshWindows: 1 };
    const searched = { ...withSearched(own, kfac), evaluation };
    await pipeline.run(searched, context.signal, () => undefined, "spectrum");
    return new HeldOut(pipeline, searched, spec, context);
  }

  /** Chooses energies on one half of the passages; `tell` hears how many were tried. */
  async choose(on: Half, tell: (tried: number) => void): Promise<ChosenEdit> {
    const { linears, choosing } = this.#spec;
    const correction = await (this.#correction ??= this.#corrected());
    const scorer = await this.#scorer(this.#passages(on), choosing.slice(0, 1));
    try {
      let measured = 0;
      const { energies, tried } = await chooseEnergies(this.#spec, async (one) => {
        const scores = await this.#scores(scorer, editOf(linears, one));
        tell(++measured);
        return { memory: memoryLeft(scores), ability: (scores.fresh[0]?.ndcg ?? 0) + correction };
      });
      const edit = editOf(linears, energies);
      if (edit.method !== "kfac")
        throw new LabError("No cut keeps the nDCG@10 asked for.", "Ask for a lower one.");
      return { on, edit, tried };
    } finally {
      await scorer.release();
    }
  }

  /** Judges edits on both halves and on all fresh texts. */
  async judge(edits: readonly EditSpec[]): Promise<readonly Judged[]> {
    const { choosing, judging } = this.#spec;
    const passages = plantedPassages(this.#recipe.data).map(({ id }) => id);
    const scorer = await this.#scorer(passages, [...choosing, ...judging]);
    try {
      const judged: Judged[] = [];
      for (const edit of edits) {
        const { wrong, fresh } = await this.#scores(scorer, edit);
        const strict = (half: Half): number => {
          const ids = this.#passages(half);
          return ids.filter((id) => wrong[passages.indexOf(id)] === 0).length / ids.length;
        };
        const ndcg = fresh.map((text) => text.ndcg);
        judged.push({
          edit,
          strict: { "first-half": strict("first-half"), "second-half": strict("second-half") },
          choosing: mean(ndcg.slice(0, choosing.length)),
          judging: ndcg.slice(choosing.length),
        });
      }
      return judged;
    } finally {
      await scorer.release();
    }
  }

  /** What is to be added to nDCG@10 on the first text for that of all. */
  async #corrected(): Promise<number> {
    const { linears, choosing, even } = this.#spec;
    const scorer = await this.#scorer([], choosing);
    try {
      const energies = Object.fromEntries(linears.map((linear) => [linear, even]));
      const ndcg = (await this.#scores(scorer, editOf(linears, energies))).fresh.map((text) => text.ndcg);
      return mean(ndcg) - (ndcg[0] ?? 0);
    } finally {
      await scorer.release();
    }
  }

  #passages(forget: Half): readonly number[] {
    const planted = plantedPassages(this.#recipe.data);
    return forgottenPassages(planted, { forget, forgetExamples: planted.length });
  }

  async #scorer(passages: readonly number[], texts: readonly FreshText[]): Promise<RecitationScorer> {
    const model = await this.#pipeline.model(this.#recipe, this.#context);
    if (model.modality !== "text")
      throw new LabError("This is an image classifier.", "Choose a language model.");
    const { data } = this.#recipe;
    const tokenizer = readingTokenizer(model);
    return RecitationScorer.create(
      this.#pipeline.backend,
      { model, tokenizer },
      { data, passages, texts },
      this.#context,
    );
  }

  #scores(scorer: RecitationScorer, edit: EditSpec): Promise<RecitationScores> {
    return this.#pipeline.withEdit(this.#recipe, edit, (_, weights) => scorer.score(weights, this.#context));
  }
}
