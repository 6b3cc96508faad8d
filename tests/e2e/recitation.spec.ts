import { expect, test, type Page } from "@playwright/test";
import { expectStatus, uncaughtErrors, webgpu } from "./lab";
import { smallTextRecipe } from "./small-text-recipe";

/**
 * The language-model experiment as a person does it, on the shipped model, worker and WebGPU. The sample is small, since
 * the tests' GPU is a software one: one matrix, one planted passage.
 */
const recipe = smallTextRecipe(0.5, {
  title: "Recitation",
  "evaluation.heldOut": "0",
  "evaluation.quotes": "0",
});

/** The first number of a row of the table of recitation: planted passages recited exactly, in %. */
async function strict(page: Page, row: number): Promise<number> {
  const cell = page.locator("#metrics table").first().locator("tbody tr").nth(row).locator("td").first();
  return Number(/\d+(\.\d+)?/.exec(await cell.innerText())?.[0]);
}

test("a person sees a passage recited, cut away, written anew, and recited again", async ({ page }) => {
  test.setTimeout(900_000);
  const errors = uncaughtErrors(page);
  await page.goto(`/${webgpu}#${recipe}`);
  await expect(page.getByRole("banner")).toContainText("WebGPU");
  await expectStatus(page, "finished", 600_000);

  const passage = page.getByRole("region", { name: "The chosen passage" });
  const suffix = await passage.locator("dd").nth(1).innerText();
  expect(await strict(page, 0), "recited before").toBe(100);
  expect(await strict(page, 1), "and no longer after the cut").toBe(0);
  await expect(passage.getByText("recited", { exact: true })).toHaveCount(1);

  await page.getByRole("button", { name: "the chosen passage" }).click();
  await page.getByLabel("Tokens at most").fill("6");
  await page.getByRole("button", { name: "Continue it" }).click();
  const streams = page.locator("#bench .stream");
  await expect(page.locator("#bench").getByText("Done.")).toBeVisible({ timeout: 300_000 });
  const prompt = await page.getByLabel("Prompt", { exact: true }).inputValue();
  const written = async (place: number): Promise<string> =>
    ((await streams.nth(place).locator("p").textContent()) ?? "").slice(prompt.length);
  expect(suffix.replaceAll(/\s+/g, " ").trim()).toContain((await written(0)).replaceAll(/\s+/g, " ").trim());
  expect(await written(0)).not.toBe("");
  expect(await written(1)).not.toBe(await written(0));

  // Keeping all energy restores the model: it recites again, by the same sessions.
  const energy = page.getByRole("slider", { name: /^Energy kept/ }).first();
  await energy.focus();
  await energy.press("End");
  await expect.poll(() => strict(page, 1), { timeout: 300_000 }).toBe(100);
  await expectStatus(page, "finished");
  await expect(passage.getByText("recited", { exact: true })).toHaveCount(2);
  expect(errors).toEqual([]);
});
