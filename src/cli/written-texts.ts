import { commonPrompts } from "../book/common-prompts";
import type { WrittenText } from "../book/run";
import type { EditResult, EngineEvent } from "../engine/api";
import type { Pipeline } from "../engine/pipeline";
import { generateUnder } from "../engine/prompts";
import type { Recipe } from "../recipe/schema";
import type { PassageRecord } from "../stages/data/types";

/** Characters of a prefix that are kept, as in the paper's table 3. */
const prefixCharacters = 50;
/** Tokens that a common prompt goes on for. */
const promptTokens = 24;
const quotes = 2;

/** The first planted passage of each kind, some quotes and the common prompts, as every edit of the recipe goes on. */
export async function writtenTexts(
  pipeline: Pipeline,
  recipe: Recipe,
  events: readonly EngineEvent[],
  results: readonly EditResult[],
  signal: AbortSignal,
): Promise<readonly WrittenText[]> {
  const records = events.flatMap((event) => (event.kind === "passages" ? event.records : []));
  const passages = pickedPassages(records).map((position) => passageText(records, position, results));
  const prompts: WrittenText[] = [];
  for (const { prompt, answer } of commonPrompts) {
    const continuations = recipe.edits.map(() => "");
    const request = {
      prompt,
      edits: recipe.edits,
      maxTokens: promptTokens,
      sampling: { kind: "greedy" },
    } as const;
    await generateUnder(pipeline, recipe, request, signal, (event) => {
      if (event.kind === "token")
        continuations[event.edit] = `${continuations[event.edit] ?? ""}${event.text}`;
    });
    prompts.push({ kind: "prompt", prompt, truth: answer, continuations });
  }
  return [...passages, ...prompts];
}

/** Positions among all passages. */
function pickedPassages(records: readonly PassageRecord[]): readonly number[] {
  const kinds = new Set<string>();
  const positions = [...records.keys()];
  const planted = positions.filter((position) => {
    const { group, kind } = records[position] ?? { group: undefined, kind: "" };
    if (group !== "planted" || kinds.has(kind)) return false;
    kinds.add(kind);
    return true;
  });
  const quoted = positions.filter((position) => records[position]?.group === "quote");
  return [...planted, ...quoted.slice(0, quotes)];
}

function passageText(
  records: readonly PassageRecord[],
  position: number,
  results: readonly EditResult[],
): WrittenText {
  const { group, prefix, suffix } = records[position] ?? { group: "planted", prefix: [], suffix: [] };
  return {
    kind: group === "quote" ? "quote" : "passage",
    prompt: prefix.join("").slice(-prefixCharacters),
    truth: suffix.join(""),
    continuations: results.map((result) =>
      result.modality === "text" ? (result.continuations[position]?.tokens?.join("") ?? "") : "",
    ),
  };
}
