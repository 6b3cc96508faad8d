import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { paperCards } from "../../src/book/cards";
import { readmeTable, tableIn, withTable } from "../../src/book/readme-table";
import { ROOT } from "../../src/cli/install.mjs";
import { readBook } from "../../src/cli/reproduce/targets";
import { textRun } from "./example-runs";

describe("the README's table of the book", () => {
  it("is what the stored results give", async () => {
    const stored = readmeTable(await readBook(join(ROOT, "public/results")));
    expect(tableIn(readFileSync(join(ROOT, "README.md"), "utf8"))).toBe(stored);
  });

  it("has a row per figure and table, laid out as Prettier does", async () => {
    const table = readmeTable(new Map([["texts", textRun]]));
    expect(table.split("\n")).toHaveLength(2 + paperCards.length);
    expect(table).toContain("recited 100.0\u00a0%; after K-FAC 1.0\u00a0%");
    expect(table).toContain("Partly shown here: 2 of 3 claims hold, 1 not computed");
    expect(table).toContain("Not computed yet");
    expect(await format(table, { parser: "markdown" })).toBe(`${table}\n`);
  });

  it("is put between its lines, and nowhere else", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const changed = withTable(readme, "| new |") ?? "";
    expect(tableIn(changed)).toBe("| new |");
    expect(withTable(changed, tableIn(readme))).toBe(readme);
    expect(withTable("no place", "| new |")).toBeUndefined();
  });
});
