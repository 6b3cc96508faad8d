import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { paperCards } from "../../src/book/cards";
import { markdownTable } from "../../src/book/markdown-table";
import { textRows } from "../../src/book/pick";
import { flattestRatio } from "../../src/book/readme-decay";
import { readmeTable, tableIn, withTable } from "../../src/book/readme-table";
import { ROOT } from "../../src/cli/install.mjs";
import { readDecaySeries } from "../../src/cli/reproduce/decay-target";
import { readBook } from "../../src/cli/reproduce/targets";
import { readmeTables } from "../../src/cli/reproduce/readme";
import { textRun } from "./example-runs";

const results = join(ROOT, "public/results");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

describe("the README's tables", () => {
  it("are what the stored results give: the book, controls of both kinds of model, weight decays", async () => {
    const tables = await readmeTables(results);
    expect(tables).toHaveLength(4);
    for (const { place, table } of tables) expect(tableIn(readme, place)).toBe(table);
  });

  it("say of the weight decays what the words beside them say", async () => {
    const { runs } = (await readDecaySeries(results))!;
    for (const run of runs) {
      expect(flattestRatio(run, "kfac")).toBeGreaterThan(1.15);
      expect(flattestRatio(run, "svd")).toBeLessThan(1);
      const first = run.orders.lambda.bands[0]!.kfac.at(-1)!;
      expect(Math.abs(first.memorized / first.clean - 1)).toBeLessThan(0.11);
    }
    const memorized = runs.map(({ point }) => point.memorized);
    expect(memorized).toEqual(memorized.toSorted((a, b) => b - a));
  });

  it("say of the language model's controls what the words beside them say", async () => {
    const [, kfac, random, coefficients, magnitude] = textRows(
      (await readBook(results)).get("controls-texts")!,
    );
    expect(random!.metrics.ndcg).toBeLessThan(0.3);
    expect(magnitude!.metrics.planted.strict).toBeGreaterThan(kfac!.metrics.planted.strict);
    expect(magnitude!.metrics.ndcg).toBeLessThan(kfac!.metrics.ndcg - 0.05);
    expect(coefficients!.metrics.ndcg).toBeGreaterThan(kfac!.metrics.ndcg);
    const times = coefficients!.metrics.planted.strict / kfac!.metrics.planted.strict;
    expect(Math.round(times)).toBe(20);
  });

  it("have a row per figure and table, laid out as Prettier does", async () => {
    const table = readmeTable(new Map([["texts", textRun]]));
    expect(table.split("\n")).toHaveLength(2 + paperCards.length);
    expect(table).toContain("recited 100.0\u00a0%; after K-FAC 1.0\u00a0%");
    expect(table).toContain("Partly shown here: 2 of 3 claims hold, 1 not computed");
    expect(table).toContain("Not computed yet");
    expect(await format(table, { parser: "markdown" })).toBe(`${table}\n`);
  });

  it("set numbers to the right as Prettier does", async () => {
    const table = markdownTable(["kept", "share"], [["by λμ", "9.5"]], ["left", "right"]);
    expect(table).toBe("| kept  | share |\n| ----- | ----: |\n| by λμ |   9.5 |");
    expect(await format(table, { parser: "markdown" })).toBe(`${table}\n`);
  });

  it("are put between their lines, and nowhere else", () => {
    const changed = withTable(readme, "| new |") ?? "";
    expect(tableIn(changed)).toBe("| new |");
    expect(withTable(changed, tableIn(readme))).toBe(readme);
    expect(withTable("no place", "| new |")).toBeUndefined();
  });
});
