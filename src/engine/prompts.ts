import type { Recipe } from "../recipe/schema";
import { Decoder } from "../stages/evaluation/decoder";
import { TextScorer } from "../stages/evaluation/text-scorer";
import type { TextTokenizer } from "../stages/data/types";
import type { LanguageModel, LoadedModel } from "../stages/model/types";
import type { GenerationEvent, GenerationRequest, LossRequest, TokenLosses } from "./api";
import { LabError } from "./failure";
import type { Pipeline } from "./pipeline";

/** Most tokens that are generated in one go. */
const mostTokens = 1000;

interface Readable {
  readonly model: LanguageModel;
  readonly tokenizer: TextTokenizer;
}

function readable(model: LoadedModel): Readable {
  if (model.modality !== "text" || !model.tokenizer) {
    throw new LabError("This model does not read text.", "Choose a language model with its tokenizer.");
  }
  return { model, tokenizer: model.tokenizer };
}

/** The tokens of a text, the end of the text before it in front; names what is wrong with it. */
function tokensOf(text: string, { tokenizer, model }: Readable, more: number): number[] {
  const ids = [tokenizer.endOfText, ...tokenizer.encode(text)];
  const { contextLength } = model.summary;
  if (ids.length < 2) throw new LabError("There is no text.", "Type at least one letter.");
  if (ids.length + more > contextLength) {
    throw new LabError(
      `The text has ${ids.length - 1} tokens${more > 0 ? `, and ${more} more are asked for` : ""}; the model was made for ${contextLength} in all.`,
      more > 0 ? "Shorten the prompt or ask for fewer tokens." : "Shorten the text.",
    );
  }
  return ids;
}

/** Continues a prompt under one edit after the other; tells of every token as it comes. */
export async function generateUnder(
  pipeline: Pipeline,
  recipe: Recipe,
  { prompt, edits, maxTokens, sampling }: GenerationRequest,
  signal: AbortSignal,
  emit: (event: GenerationEvent) => void,
): Promise<void> {
  if (!Number.isInteger(maxTokens) || maxTokens < 1 || maxTokens > mostTokens) {
    throw new LabError(
      `${maxTokens} tokens cannot be generated.`,
      `Ask for a whole number from 1 to ${mostTokens}.`,
    );
  }
  for (const [place, edit] of edits.entries()) {
    const began = performance.now();
    await pipeline.withEdit(recipe, edit, async (loaded, replaced) => {
      const { model, tokenizer } = readable(loaded);
      const ids = tokensOf(prompt, { model, tokenizer }, maxTokens);
      const decoder = new Decoder(pipeline.backend, model);
      try {
        await decoder.generate({
          prompts: [ids],
          maxTokens,
          sampling,
          stop: [tokenizer.endOfText],
          replaced,
          onToken: (_, token) => {
            emit({ kind: "token", edit: place, text: tokenizer.tokenText(token) });
          },
          signal,
        });
      } finally {
        await decoder.release();
      }
    });
    emit({ kind: "ended", edit: place, milliseconds: performance.now() - began });
  }
}

/** Loss of every token of a text under several edits. */
export async function lossesUnder(
  pipeline: Pipeline,
  recipe: Recipe,
  { text, edits }: LossRequest,
): Promise<TokenLosses> {
  let tokens: string[] = [];
  const losses: number[][] = [];
  for (const edit of edits) {
    await pipeline.withEdit(recipe, edit, async (loaded, replaced) => {
      const { model, tokenizer } = readable(loaded);
      const ids = tokensOf(text, { model, tokenizer }, 0);
      tokens = ids.slice(1).map((id) => tokenizer.tokenText(id));
      const scorer = await TextScorer.create(pipeline.backend, model, [ids], 1);
      try {
        const context = { signal: new AbortController().signal, onProgress: (): void => undefined };
        const { logProbabilities } = await scorer.score(replaced, context);
        losses.push(Array.from(logProbabilities, (value) => Math.max(0, -value)));
      } finally {
        await scorer.release();
      }
    });
  }
  return { tokens, losses };
}
