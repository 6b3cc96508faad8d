import katex from "katex";
import { describe, expect, it } from "vitest";
import type { GlossaryEntry } from "../../src/app/glossary/entry";
import { glossary } from "../../src/app/glossary/glossary";

const entries: [string, GlossaryEntry][] = Object.entries(glossary);

describe("glossary", () => {
  it.each(entries)("%s is explained in a sentence", (_name, entry) => {
    expect(entry.text).toMatch(/^[A-Z].*\.$/);
    expect(entry.text.length).toBeLessThan(400);
  });

  it.each(entries.filter(([, { formula }]) => formula !== undefined))(
    "%s has a formula that KaTeX reads",
    (_name, entry) => {
      expect(() =>
        katex.renderToString(entry.formula ?? "", { throwOnError: true, strict: "error" }),
      ).not.toThrow();
    },
  );
});
