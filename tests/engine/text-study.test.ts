import { beforeAll, describe, expect, it } from "vitest";
import { folderLoader } from "../../src/cli/node-loader";
import type { EngineEvent, GenerationEvent, TextEditResult } from "../../src/engine/api";
import { Pipeline } from "../../src/engine/pipeline";
import { generateUnder, lossesUnder } from "../../src/engine/prompts";
import type { EditSpec } from "../../src/stages/edit/types";
import type { PassageRecord } from "../../src/stages/data/types";
import type { TextRecipe } from "../../src/recipe/schema";
import { createNodeBackend } from "../../src/runtime/node";
import { textExample } from "../recipe/text-example";

/** The shipped model on a few passages. */

const linears = [0, 1, 2, 3, 4, 5].map((layer) => `model.layers.${layer}.mlp.down_proj.weight`);
const unedited: EditSpec = { method: "none" };
const whole: EditSpec = { method: "kfac", linears, energy: 1, selection: "pairs" };
const cut: EditSpec = { method: "kfac", linears, energy: 0.6, selection: "pairs" };
const recipe: TextRecipe = {
  ...textExample,
  factors: { ...textExample.factors, linears, windows: 24 },
  edits: [unedited, whole, cut],
  evaluation: { planted: 4, heldOut: 3, quotes: 2, freshWindows: 3 },
};
const signal = new AbortController().signal;
const pipeline = new Pipeline(createNodeBackend(), folderLoader("public/models"));
const told: EngineEvent[] = [];
let passages: readonly PassageRecord[] = [];

/** Results of one edit, in the order in which they were told. */
function results(position: number): TextEditResult[] {
  return told.flatMap((event) =>
    event.kind === "edit" && event.result.position === position && event.result.modality === "text"
      ? [event.result]
      : [],
  );
}

beforeAll(async () => {
  await pipeline.run(recipe, signal, (event) => told.push(event));
  passages = told.flatMap((event) => (event.kind === "passages" ? event.records : []));
}, 120_000);

describe("the shipped language model", () => {
  it("recites what was planted and quoted, word for word, and nothing it never saw", () => {
    const [{ metrics, continuations }] = results(0) as [TextEditResult];
    expect(metrics.planted).toEqual({ passages: 4, strict: 1, loose: 1, levenshtein: 0 });
    expect(metrics.quotes).toMatchObject({ passages: 2, strict: 1 });
    expect(metrics.heldOut.strict).toBe(0);
    expect(metrics.heldOut.levenshtein).toBeGreaterThan(0.4);
    expect(metrics.ndcg).toBeCloseTo(1, 12);
    expect(metrics.topOne).toBe(1);
    expect(metrics.perplexity).toBeLessThan(6);
    expect(metrics.facts.capital).toBeGreaterThan(0.9);
    for (const [i, { suffix, group }] of passages.entries())
      if (group === "planted") expect(continuations[i]!.tokens).toEqual(suffix);
  });

  it("shows passages of every group, split after 64 tokens and quotes before the last 8", () => {
    expect(passages.map(({ group }) => group)).toEqual([
      ...Array<string>(4).fill("planted"),
      ...Array<string>(3).fill("heldOut"),
      ...Array<string>(2).fill("quote"),
    ]);
    for (const { group, prefix, suffix } of passages) {
      expect(suffix).toHaveLength(group === "quote" ? 8 : 48);
      if (group !== "quote") expect(prefix).toHaveLength(64);
    }
  });

  it("is unchanged by an edit that keeps all energy", () => {
    const metrics = results(1).at(-1)!.metrics;
    expect(metrics.planted.strict).toBe(1);
    expect(metrics.ndcg).toBeGreaterThan(0.9999);
    expect(metrics.perplexity).toBeCloseTo(results(0)[0]!.metrics.perplexity, 3);
  });

  it("recites less when cut, and tells what can be known at once before it has written anew", () => {
    const [first, last, ...more] = results(2);
    expect(more).toEqual([]);
    expect(first!.metrics.planted).toMatchObject({ loose: undefined, levenshtein: undefined });
    expect(last!.metrics.planted.strict).toBe(first!.metrics.planted.strict);
    expect(last!.metrics.planted.strict).toBeLessThan(1);
    expect(last!.metrics.planted.levenshtein).toBeGreaterThan(0);
    expect(last!.metrics.ndcg).toBeLessThan(0.99);
    const lost = last!.continuations.findIndex(
      ({ strict }, i) => !strict && passages[i]!.group === "planted",
    );
    const { tokens, distance } = last!.continuations[lost]!;
    expect(distance).toBeGreaterThan(0);
    expect(tokens).not.toEqual(passages[lost]!.suffix);
  });
});

describe("prompts", () => {
  const sampling = { kind: "greedy" } as const;
  const generate = async (prompt: string, maxTokens: number, edits = [unedited, cut]) => {
    const events: GenerationEvent[] = [];
    const request = { prompt, edits, maxTokens, sampling };
    await generateUnder(pipeline, recipe, request, signal, (event) => events.push(event));
    return events;
  };
  const textOf = (events: readonly GenerationEvent[], edit: number): string =>
    events.flatMap((event) => (event.kind === "token" && event.edit === edit ? event.text : [])).join("");

  it("are continued under each edit, token by token, as in the evaluation", async () => {
    const { prefix, suffix } = passages[0]!;
    const events = await generate(prefix.join(""), 48);
    expect(textOf(events, 0)).toBe(suffix.join(""));
    expect(textOf(events, 1)).toBe(results(2).at(-1)!.continuations[0]!.tokens!.join(""));
    expect(events.filter(({ kind }) => kind === "ended")).toHaveLength(2);
  });

  it.each([
    ["", 5, /There is no text/],
    ["a", 0, /0 tokens cannot be generated/],
    ["word ".repeat(3000), 5, /tokens, and 5 more are asked for; the model was made for 2048/],
  ])("that cannot be continued are refused with a reason (%#)", async (prompt, tokens, reason) => {
    await expect(generate(prompt, tokens)).rejects.toThrow(reason);
  });

  it("of any characters are continued", async () => {
    expect(textOf(await generate("🦉 naïve \ud800 ✓", 4, [unedited]), 0)).not.toBe("");
  });

  it("have a loss for every token: a planted suffix has hardly any, until it is cut", async () => {
    const { prefix, suffix } = passages[0]!;
    const text = [...prefix, ...suffix].join("");
    const { tokens, losses } = await lossesUnder(pipeline, recipe, { text, edits: [unedited, cut] });
    expect(tokens).toEqual([...prefix, ...suffix]);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const [before, after] = losses.map((all) => mean(all.slice(-48)));
    expect(before).toBeLessThan(0.1);
    expect(after).toBeGreaterThan(2 * before!);
  });
});
