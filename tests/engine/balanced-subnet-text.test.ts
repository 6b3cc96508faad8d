import { beforeAll, describe, expect, it } from "vitest";
import { folderLoader } from "../../src/cli/node-loader";
import { costTable, targetedTable } from "../../src/cli/metrics-table";
import type { EngineEvent, TextEditResult } from "../../src/engine/api";
import { Pipeline } from "../../src/engine/pipeline";
import { subnetEdit } from "../../src/recipe/presets/subnet-edits";
import type { TextRecipe } from "../../src/recipe/schema";
import { createNodeBackend } from "../../src/runtime/node";
import { textExample } from "../recipe/text-example";

/** The shipped model, taught with a few passages what to forget. */

const pipeline = new Pipeline(createNodeBackend(), folderLoader("public/models"));
const results: TextEditResult[] = [];

beforeAll(async () => {
  const base: TextRecipe = {
    ...textExample,
    factors: { ...textExample.factors, windows: 8 },
    evaluation: { planted: 24, heldOut: 1, quotes: 4, freshWindows: 4 },
  };
  const settings = { forgetExamples: 30, retainExamples: 72, epochs: 6, drop: 0.08 };
  const half = subnetEdit(base, 6, settings);
  const some = subnetEdit(base, 6, { ...settings, forget: "all", genres: ["letter", "essay"] });
  const random = subnetEdit(base, 6, { ...settings, epochs: 0 });
  const recipe = { ...base, edits: [{ method: "none" } as const, half, some, random] };
  await pipeline.run(recipe, new AbortController().signal, (event: EngineEvent) => {
    if (event.kind === "edit" && event.result.modality === "text")
      results[event.result.position] = event.result;
  });
}, 480_000);

describe("the shipped language model under a mask that was taught half of its passages", () => {
  it("forgets them and the other half with them, and is hardly worse on fresh text", () => {
    const [none, half] = results as [TextEditResult, TextEditResult];
    const { targeted, untargeted, otherGenres } = half.metrics.targeted!;
    expect([targeted.passages, untargeted.passages, otherGenres.passages]).toEqual([12, 12, 0]);
    const before = none.metrics.targeted!;
    expect([before.targeted.strict, before.untargeted.strict]).toEqual([1, 1]);
    expect(targeted.strict).toBeLessThan(0.2);
    expect(untargeted.strict).toBeLessThan(0.3);
    expect(untargeted.levenshtein).toBeGreaterThan(0.3);
    expect(half.metrics.perplexity).toBeLessThan(1.15 * none.metrics.perplexity);
    expect(half.metrics.ndcg).toBeGreaterThan(0.8);
  });

  it("learns as it should: the loss of what is to be forgotten rises, and the other hardly", () => {
    const { curve, forget, retain } = results[1]!.training!;
    expect([forget, retain]).toEqual([30, 72]);
    const ends = (set: "forget" | "retain") => {
      const losses = curve.flatMap((point) => point[set] ?? []);
      return [losses[0]!, losses.at(-1)!] as const;
    };
    const [low, high] = ends("forget");
    expect(high).toBeGreaterThan(2 * low);
    const [first, last] = ends("retain");
    expect(last).toBeLessThan(first + 0.5);
  });

  it("forgets other genres too, and a random mask of the same size forgets next to nothing", () => {
    const [, , genres, control] = results;
    const { targeted, untargeted, otherGenres } = genres!.metrics.targeted!;
    expect([targeted.passages, untargeted.passages, otherGenres.passages]).toEqual([8, 0, 16]);
    expect(targeted.strict).toBeLessThan(0.3);
    expect(otherGenres.levenshtein).toBeGreaterThan(0.2);
    expect(control!.metrics.planted.strict).toBeGreaterThan(0.6);
    expect(control!.metrics.planted.levenshtein).toBeLessThan(0.1);
  });

  it("is told on the command line with what was targeted and what it took", () => {
    const targeted = targetedTable(results).split("\n");
    expect(targeted[0]).toMatch(/targeted +held out +other genres$/);
    expect(targeted.join("\n")).toMatch(
      /forget all of letter, essay[^]*\(\d+\.\d, 8\) +– +\d\.\d{3} \(\d+\.\d, 16\)/,
    );
    const cost = costTable(results);
    expect(cost).toMatch(/seconds +\+ shared +memorized +others/);
    expect(cost).toMatch(/BalancedSubnet[^]*\d+\.\d\d +0\.00 +30 +72/);
    expect(cost).toMatch(/random mask[^]*\d+\.\d\d +0\.00 +0 +0/);
  });
});
