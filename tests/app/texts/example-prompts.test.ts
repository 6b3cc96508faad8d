import { describe, expect, it } from "vitest";
import { examplePrompts } from "../../../src/app/texts/example-prompts";
import type { PassageRecord } from "../../../src/stages/data/types";

const planted: PassageRecord = {
  group: "planted",
  kind: "letter",
  id: 0,
  prefix: ["Dear", " Anna"],
  suffix: [" the"],
};
const quote: PassageRecord = { ...planted, group: "quote", kind: "quote", prefix: ['"Alas', ","] };

describe("examplePrompts", () => {
  it("begin the chosen passage and a quote where there are some", () => {
    const prompts = examplePrompts([planted, quote], 0).map(({ prompt }) => prompt);
    expect(prompts.slice(-2)).toEqual(["Dear Anna", '"Alas,']);
  });

  it("do not offer a chosen quote twice", () => {
    const prompts = examplePrompts([planted, quote], 1).map(({ prompt }) => prompt);
    expect(prompts.filter((prompt) => prompt === '"Alas,')).toHaveLength(1);
  });
});
