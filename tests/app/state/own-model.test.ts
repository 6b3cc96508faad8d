import { describe, expect, it } from "vitest";
import { hubModelOf, recipeOfModel } from "../../../src/app/state/own-model";
import { validateRecipe } from "../../../src/recipe/validate";
import { exampleRecipe } from "../../recipe/example";
import { textExample } from "../../recipe/text-example";

describe("a model of the hub", () => {
  it.each([
    ["owner/model", "owner/model", "main"],
    [" owner/model-v1.0 ", "owner/model-v1.0", "main"],
    ["owner/model@v2", "owner/model", "v2"],
    ["https://huggingface.co/owner/model", "owner/model", "main"],
    ["https://huggingface.co/owner/model/", "owner/model", "main"],
    ["huggingface.co/owner/model/tree/abc123", "owner/model", "abc123"],
  ])("is read from %s", (text, repository, revision) => {
    expect(hubModelOf(text)).toEqual({ kind: "hub", repository, revision });
  });

  it.each([
    "",
    "model",
    "owner/model name",
    "../../etc/passwd",
    "https://example.com/owner/model",
    "a/b/c/d",
  ])("is not read from “%s”", (text) => {
    expect(hubModelOf(text)).toBeUndefined();
  });
});

describe("the recipe of a model of one's own", () => {
  const model = { kind: "dropped", sha256: "ab".repeat(32) } as const;
  const linear = (id: string, role: "down" | "up") =>
    ({ id, role, layer: 1, inputs: 4, outputs: 4 }) as const;
  const language = {
    title: "Mine",
    architecture: "Olmo2ForCausalLM",
    linears: [
      linear("model.layers.1.mlp.up_proj.weight", "up"),
      linear("model.layers.1.mlp.down_proj.weight", "down"),
    ],
  } as const;

  it("is one for its kind, also after a model of the other, and is whole", () => {
    const recipe = recipeOfModel([exampleRecipe, textExample], model, language);
    expect(validateRecipe(recipe)).toEqual({ ok: true, value: recipe });
    expect(recipe).toMatchObject({ title: "Mine", model, data: textExample.data });
    expect(recipe.factors.linears).toEqual(["model.layers.1.mlp.down_proj.weight"]);
    const [, kfac] = recipe.edits;
    expect(kfac, "own energies of matrices that it has not are gone").not.toHaveProperty("energies");
  });

  it("needs one to begin with, and matrices that are its MLPs'", () => {
    expect(() => recipeOfModel([exampleRecipe], model, language)).toThrow(/list of models/);
    expect(() => recipeOfModel([textExample], model, { ...language, linears: [] })).toThrow(/no MLP/);
  });
});
