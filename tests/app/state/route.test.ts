import { describe, expect, it } from "vitest";
import { cardLink } from "../../../src/app/state/card-link";
import { useLab } from "../../../src/app/state/lab";
import { bookAddress, routeOf } from "../../../src/app/state/route";
import { cards } from "../../../src/book/cards";
import { runSpecs } from "../../../src/book/run-specs";
import type { Catalogue } from "../../../src/recipe/catalogue";
import { decodeLink, encodeLink } from "../../../src/recipe/link";
import { isTextRecipe } from "../../../src/recipe/schema";
import { exampleRecipe } from "../../recipe/example";
import { textExample } from "../../recipe/text-example";

describe("routeOf", () => {
  it("knows the book and its cards by address", () => {
    expect(routeOf("#book")).toEqual({ page: "book", card: undefined });
    expect(routeOf("#book/")).toEqual({ page: "book", card: undefined });
    expect(routeOf("book/figure-3")).toEqual({ page: "book", card: "figure-3" });
    expect(routeOf(bookAddress())).toEqual({ page: "book", card: undefined });
    for (const { name } of cards) expect(routeOf(bookAddress(name))).toEqual({ page: "book", card: name });
  });

  it("leaves every other address to the lab, recipes above all", () => {
    const recipe = `#${encodeLink({ recipe: exampleRecipe, view: {} })}`;
    for (const hash of ["", "#", recipe, "#v=1", "#bookish", "#book=1", "#nonsense&book"])
      expect(routeOf(hash), hash).toEqual({ page: "lab" });
  });

  it("names a card that is none as it stands there", () => {
    expect(routeOf("#book/figure-9")).toEqual({ page: "book", card: "figure-9" });
  });
});

describe("cardLink", () => {
  const catalogue: Catalogue = {
    version: 1,
    models: [...new Set(runSpecs.map(({ model }) => model))].map((name) => ({
      name,
      title: name,
      description: name,
      procedure: "plain",
      results: "",
      recipe: {
        ...(name.startsWith("vit") ? exampleRecipe : textExample),
        model: { kind: "shipped", name },
      },
    })),
  };
  const lab = {
    ...useLab.getInitialState(),
    recipe: { catalogue, recipe: undefined, faults: [] },
    book: { runs: {}, layers: Object.fromEntries(catalogue.models.map(({ name }) => [name, 4])) },
  };

  it.each(cards)("of $title opens the lab with a recipe of its model", (card) => {
    for (const [place, { run }] of card.runs.entries()) {
      const link = cardLink(lab, card, place);
      const opened = link === undefined ? undefined : decodeLink(link);
      if (opened?.ok !== true) throw new Error(`no link: ${link ?? ""}`);
      const { recipe } = opened.value;
      const model = runSpecs.find(({ name }) => name === run)?.model;
      expect(recipe.model).toEqual({ kind: "shipped", name: model });
      expect(isTextRecipe(recipe)).toBe(model?.startsWith("olmo"));
      expect(routeOf(link ?? "")).toEqual({ page: "lab" });
    }
  });

  it("waits for the list of models", () => {
    expect(cardLink(useLab.getInitialState(), cards[0]!)).toBeUndefined();
  });
});
