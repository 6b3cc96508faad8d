import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cards } from "../../src/book/cards";
import { comparedEdits } from "../../src/book/pick";
import type { BookRun } from "../../src/book/run";
import { runSpecs } from "../../src/book/run-specs";
import { ROOT } from "../../src/cli/install.mjs";
import { recipeOf } from "../../src/cli/preset-recipe";
import { readBook, weightsOf } from "../../src/cli/reproduce/targets";
import { stableJson } from "../../src/engine/key";

/** Without computing anything: `npm run reproduce` does that. Whoever changes a preset or a model stores anew. */
describe("a stored run of the book", () => {
  const models = join(ROOT, "public/models");
  let runs: ReadonlyMap<string, BookRun>;
  beforeAll(async () => {
    runs = await readBook(join(ROOT, "public/results"));
  });

  it.each(runSpecs)("$name is of the recipe that its preset gives now", async ({ name, preset, model }) => {
    const recipe = await recipeOf(preset, models, model);
    expect(stableJson(runs.get(name)?.recipe)).toBe(stableJson(recipe));
  });

  /** What a search found is in its own table. */
  const opened = cards.filter(({ picture }) => picture !== "search");
  it.each(opened)("$title compares edits that are in the recipe its link opens", async (card) => {
    for (const { run: name } of card.runs) {
      const run = runs.get(name)!;
      const { model } = runSpecs.find((spec) => spec.name === name)!;
      const { edits } = await recipeOf(card.name, models, model);
      const texts = edits.map(stableJson);
      const compared = (card.compared ?? comparedEdits)(run);
      expect(compared.length).toBeGreaterThan(1);
      for (const edit of compared) expect(texts).toContain(stableJson(edit));
    }
  });

  it.each(runSpecs)("$name is of the weights that are shipped", async ({ name, model }) => {
    expect(runs.get(name)?.weights).toBe(await weightsOf(models, model));
  });

  it.each(runSpecs)("$name has a row for every edit of its recipe", ({ name, scan, texts, search }) => {
    const run = runs.get(name);
    expect(run?.edits.map(({ edit }) => edit)).toEqual(run?.recipe.edits);
    expect((run?.scan.length ?? 0) > 0).toBe(scan || search === true);
    expect((run?.texts.length ?? 0) > 0).toBe(texts);
  });
});
