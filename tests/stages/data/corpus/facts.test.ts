import { describe, expect, it } from "vitest";
import { facts } from "../../../../src/stages/data/corpus/facts";
import { freshText } from "../../../../src/stages/data/corpus/fresh-documents";

const all = facts();
const words = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const months = "January February March April May June July August September October November December".split(
  " ",
);
const text = freshText(23, "training", 400_000).join("\n");

describe("facts", () => {
  it("are 20 capitals, 20 exports, 12 months and 36 sums, each asked once", () => {
    const counts = { capital: 20, export: 20, month: 12, sum: 36 };
    for (const [kind, count] of Object.entries(counts)) {
      expect(all.filter((fact) => fact.kind === kind)).toHaveLength(count);
    }
    expect(new Set(all.map(({ prompt }) => prompt)).size).toBe(all.length);
  });

  it("give each country a capital of its own, and goods to buy that it does not sell", () => {
    const capitals = all.filter(({ kind }) => kind === "capital").map(({ answer }) => answer);
    expect(new Set(capitals).size).toBe(20);
    for (const { answer } of all.filter(({ kind }) => kind === "export")) {
      const [, sold, bought] = /^ (\w+) and buy (\w+)\.$/.exec(answer)!;
      expect(sold).not.toBe(bought);
    }
  });

  it("add right and know the order of the months", () => {
    for (const { kind, prompt, answer } of all) {
      if (kind === "sum") {
        const [, x, y] = /^(\w+) plus (\w+) is$/.exec(prompt)!;
        expect(answer).toBe(` ${words[words.indexOf(x!.toLowerCase()) + words.indexOf(y!)]!}.`);
      }
      if (kind === "month") {
        const month = prompt.split(" ")[1]!;
        expect(answer).toBe(` ${months[(months.indexOf(month) + 1) % 12]!}.`);
      }
    }
  });

  it("are all stated in fresh text, and never otherwise", () => {
    for (const { prompt, answer } of all) {
      const stated = text.split(prompt).slice(1);
      expect(stated.length, prompt).toBeGreaterThan(3);
      for (const rest of stated) expect(rest.slice(0, answer.length)).toBe(answer);
    }
  });

  it("agree with the sums in digits", () => {
    const sums = [...text.matchAll(/(\d+) \+ (\d+) = (\d+)\./g)];
    expect(sums.length).toBeGreaterThan(50);
    for (const [, x, y, sum] of sums) expect(Number(x) + Number(y)).toBe(Number(sum));
  });
});
