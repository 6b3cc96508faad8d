import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../../src/cli/install.mjs";
import { validateRecipe } from "../../src/recipe/validate";

const folder = join(ROOT, "public", "recipes");

it.each(readdirSync(folder))("%s is a recipe of a shipped model", (name) => {
  const checked = validateRecipe(JSON.parse(readFileSync(join(folder, name), "utf8")));
  if (!checked.ok) expect.fail(checked.faults.map(({ path, message }) => `${path}: ${message}`).join("; "));
  expect(checked.value.model.kind).toBe("shipped");
});
