import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { ROOT } from "../../src/cli/install.mjs";
import { expectFitForAll, expectNoBrokenNumbers } from "./fit";
import { accuracies, expectStatus, smallLink, uncaughtErrors } from "./lab";
import { card, expectTargetFree } from "./tour-card";

/** The book of the paper's figures, and the tour through the lab; both on the CPU, where they are quick. */

test.describe.configure({ timeout: 900_000 });

/** Stands before the recipe in an address. */
const cpu = "?backend=cpu";

function storedMemorized(run: string, position: number): string {
  const { edits } = JSON.parse(readFileSync(join(ROOT, `public/results/book/${run}.json`), "utf8")) as {
    edits: { metrics: { memorized: number } }[];
  };
  return `${(100 * (edits[position]?.metrics.memorized ?? Number.NaN)).toFixed(1)}\u00a0%`;
}

test("the book has every figure and table, leads into the lab and back, and computes nothing", async ({
  page,
}) => {
  const errors = uncaughtErrors(page);
  const models: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".safetensors")) models.push(request.url());
  });
  await page.goto(`/${cpu}#book`);
  await expect(page.getByRole("article")).toHaveCount(14);
  const contents = page.getByRole("navigation", { name: "Contents" });
  await expect(contents.locator(".verdict")).toHaveCount(14);
  const figure4 = page.getByRole("article", { name: /^Figure 4/ });
  await expect(figure4.getByRole("row", { name: /^Memorized, K-FAC/ })).toContainText(
    storedMemorized("images-plain", 1),
  );
  await expect(figure4.getByRole("row", { name: /^Memorized, K-FAC/ })).toContainText("3.5 %");
  const controls = page.getByRole("article", { name: /^Controls/ });
  await expect(controls).toContainText("Not in the paper");
  await expect(controls.getByRole("columnheader", { name: "paper" })).toHaveCount(0);
  const random = controls.getByRole("row", { name: /^Memorized, random pairs/ });
  await expect(random).toContainText(storedMemorized("controls-plain", 2));
  await expect(random).toContainText(storedMemorized("controls-staged", 2));
  const lab = (title: string) => page.getByRole("link", { name: `Open ${title} in the lab` });
  await expect(lab("Controls")).toHaveAttribute("href", /edit=control:random-pairs:/);
  await expect(lab("Rankings")).toHaveAttribute("href", /:ekfac/);
  await expect(lab("Searches")).toHaveAttribute("href", /view\.search=fc2:prefixes,subsets:2:/);
  await expectNoBrokenNumbers(page);
  expect(models, "no model is fetched for it").toEqual([]);

  await contents.getByRole("link", { name: /^Figure 4/ }).click();
  await expect(page).toHaveURL(/#book\/figure-4$/);
  await expect(figure4).toBeFocused();
  await expect(figure4).toBeInViewport();

  await figure4.getByRole("link", { name: "Open Figure 4 in the lab" }).click();
  await expect(page).toHaveURL(/model=shipped\/vit-plain/);
  await expect(page.locator(".recipe-title")).toHaveText("Figure 4: K-FAC against SVD");
  await expect(page.getByRole("button", { name: "Figure 4" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("#metrics")).toBeInViewport();

  await page.goBack();
  await expect(page).toHaveURL(/#book\/figure-4$/);
  await expect(page.getByRole("article")).toHaveCount(14);
  await page.goForward();
  await expect(page.locator(".recipe-title")).toHaveText("Figure 4: K-FAC against SVD");

  await page.goto(`/${cpu}#book/figure-9`);
  await expect(page.getByRole("alert")).toContainText("The book has no card “figure-9”");
  expect(errors).toEqual([]);
});

test("the book is accessible and fits every screen", async ({ page }) => {
  await page.goto(`/${cpu}#book`);
  await expect(page.getByRole("article").first()).toContainText(/claims hold/);
  await expectFitForAll(page);
});

test("the tour moves the energy, survives a reload, and can be left and gone on with", async ({ page }) => {
  const errors = uncaughtErrors(page);
  const linear = "3.fc2";
  const edits = ["none", `kfac:pairs:0.9:${linear}`, `svd:0.1:${linear}`];
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/${cpu}${smallLink({ "factors.linears": linear, "view.linear": linear }, edits)}`);
  await expectStatus(page, "finished");
  await page.getByRole("button", { name: "Take the tour" }).click();

  await test.step("1: what was learned by heart", async () => {
    await expect(card(page)).toBeFocused();
    await expectTargetFree(page);
    await card(page).getByRole("button", { name: "Show what it learned by heart" }).click();
    await expect(page.getByLabel("Pictures")).toHaveValue("memorized");
    await expect(page.locator("table.metrics").getByRole("radio", { name: /^Unedited/ })).toBeChecked();
    await expect(card(page).getByRole("status")).toContainText("of 40 wrong labels");
  });

  await test.step("2 and 3: curvature and bands, by the arrow keys", async () => {
    await card(page).focus();
    await page.keyboard.press("ArrowRight");
    await expect(card(page)).toHaveAccessibleName(/step 2 of 6/);
    await expect(card(page).getByRole("status")).toContainText(/largest λ is .* times the middle one/);
    await expectTargetFree(page);
    await page.keyboard.press("ArrowRight");
    await expect(card(page).getByRole("status")).toContainText("memorized over clean");
    await expectTargetFree(page);
    await card(page).getByRole("button", { name: "Show all layers at once" }).click();
    await expect(page.getByRole("radio", { name: "All layers" })).toBeChecked();
  });

  await test.step("4: the energy is moved and the edit computed", async () => {
    await card(page).getByRole("button", { name: "Next" }).click();
    await card(page).getByRole("button", { name: "Set it to 60 %" }).click();
    await expect(page).toHaveURL(/kfac:pairs:0\.6:3\.fc2.*view\.tour=3/);
    await expectStatus(page, "finished");
    const [memorized] = await accuracies(page, 1);
    await expect(card(page).getByRole("status")).toContainText(
      `With 60.0 % kept here: memorized ${(memorized ?? Number.NaN).toFixed(1)} %`,
    );
    await expectTargetFree(page);
  });

  await test.step("a reload in the middle goes on at the same step", async () => {
    await page.reload();
    await expect(card(page)).toHaveAccessibleName(/step 4 of 6/);
    await expectStatus(page, "finished");
    await expect(card(page).getByRole("status")).toContainText("With 60.0 % kept here");
  });

  await test.step("Escape leaves it, and it is gone on with", async () => {
    await page.keyboard.press("Escape");
    await expect(card(page)).toHaveCount(0);
    await expect(page).not.toHaveURL(/view\.tour/);
    await page.getByRole("button", { name: "go on at step 4" }).click();
    await expect(card(page)).toHaveAccessibleName(/step 4 of 6/);
  });

  await test.step("5 and 6: other cuts, and the limits", async () => {
    await card(page).getByRole("button", { name: "Next" }).click();
    await card(page).getByRole("button", { name: "Choose the SVD row" }).click();
    await expect(page.locator("table.metrics").getByRole("radio", { name: /^SVD/ })).toBeChecked();
    await expect(card(page).getByRole("status")).toContainText(/K-FAC.*SVD/);
    await expectTargetFree(page);
    await card(page).getByRole("button", { name: "Next" }).click();
    await card(page).getByRole("button", { name: "Show what was lost" }).click();
    await expect(page.getByLabel("Pictures")).toHaveValue("clean-lost");
    await expect(card(page).getByRole("status")).toContainText("Of 30 clean pictures");
  });

  await test.step("with the card open the page is accessible and fits, and on a phone the target stays free", async () => {
    await expectFitForAll(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectTargetFree(page);
    for (let step = 5; step > 0; step--) {
      await card(page).getByRole("button", { name: "Back", exact: true }).click();
      await expectTargetFree(page);
    }
  });

  await test.step("the last step ends it for good", async () => {
    for (let step = 0; step < 5; step++) await card(page).getByRole("button", { name: "Next" }).click();
    await card(page).getByRole("button", { name: "Done" }).click();
    await expect(card(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: /go on at step/ })).toHaveCount(0);
  });
  expect(errors).toEqual([]);
});
