import katex from "katex";
import { describe, expect, it } from "vitest";
import { glossary, type GlossaryEntry } from "../../src/app/glossary";

const entries: readonly (readonly [string, GlossaryEntry])[] = Object.entries(glossary);

describe("glossary", () => {
  it.each(entries.filter(([, { formula }]) => formula !== undefined))(
    "has a formula of %s that KaTeX sets without complaint, with MathML for screen readers",
    (_, { formula = "" }) => {
      const html = katex.renderToString(formula, {
        displayMode: true,
        output: "htmlAndMathml",
        throwOnError: true,
        strict: "error",
      });
      expect(html).toContain("<math");
    },
  );

  it.each(entries)("explains %s in whole sentences, three to five at most", (_, { text }) => {
    expect(text).toMatch(/[.!?]$/);
    expect(text.split(/[.!?](?:\s|$)/).filter(Boolean).length).toBeLessThanOrEqual(5);
  });
});
