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

interface StoredRow {
  metrics: { memorized: number; planted: { strict: number } };
}

function stored(run: string): { edits: StoredRow[]; scan: StoredRow[] } {
  return JSON.parse(readFileSync(join(ROOT, `public/results/book/${run}.json`), "utf8")) as {
    edits: StoredRow[];
    scan: StoredRow[];
  };
}

const share = (value: number | undefined): string => `${(100 * (value ?? Number.NaN)).toFixed(1)}\u00a0%`;
const storedMemorized = (run: string, position: number): string =>
  share(stored(run).edits[position]?.metrics.memorized);
const storedStrict = (run: string, position: number): string =>
  share(stored(run).edits[position]?.metrics.planted.strict);

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
  const language = controls.getByRole("table", { name: "Language model" });
  await expect(language.getByRole("columnheader")).toHaveText(["Measured", "here, OLMo-2"]);
  await expect(language.getByRole("row", { name: /^Recited exactly, largest coefficients/ })).toContainText(
    storedStrict("controls-texts", 3),
  );
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

test("what opens from a card shows its stored numbers at once, marked as such", async ({ page }) => {
  const errors = uncaughtErrors(page);
  // Nothing can be computed: no weights arrive.
  await page.route(/safetensors/, () => undefined);
  const open = async (name: string, model = 0): Promise<void> => {
    await page.goto("about:blank");
    await page.goto(`/${cpu}#book/${name}`);
    const opened = page.locator(`#card-${name}`);
    if (model > 0) await opened.locator(".segmented label").nth(model).click();
    await opened.getByRole("link", { name: /in the lab$/ }).click();
  };
  const origin = (id: string) => page.locator(`#${id} .origin`).first();

  await test.step("the search: ranked, drawn, and in view", async () => {
    await open("searches");
    const search = page.locator("#search");
    const { scan } = stored("search-plain");
    await expect(search.getByRole("button", { name: `All ${String(scan.length)}` })).toBeVisible();
    await expect(origin("search")).toContainText(/^stored result, \d{4}-\d\d-\d\d$/);
    await expect(search).toContainText("shipped with the page");
    await expect(search.locator(".js-plotly-plot")).toBeVisible();
    await expect(search.getByRole("button", { name: "Start the search" })).toBeVisible();
    await expect(search.getByRole("button", { name: "Forget what was found" })).toBeDisabled();
    await expect(search.getByRole("heading", { name: "Search over layers" })).toBeInViewport();
    const best = search.getByRole("row").nth(1);
    const memory = await best.locator("td").nth(1).innerText();
    await best.getByRole("button", { name: "Open" }).click();
    const chosen = page.locator('#metrics table.metrics tr[data-chosen="true"]');
    await expect(chosen.locator(".metric-value").first()).toHaveText(memory);
  });

  await test.step("the scan", async () => {
    await expect(origin("scan")).toContainText("stored result");
    await expect(page.locator("#scan .js-plotly-plot").first()).toBeVisible();
  });

  await test.step("controls of either kind of model", async () => {
    await open("controls");
    await expect(page.locator("#metrics tr").filter({ hasText: "Random pairs" }).first()).toContainText(
      storedMemorized("controls-plain", 2),
    );
    await open("controls", 2);
    await expect(
      page.locator("#metrics tr").filter({ hasText: "Largest coefficients" }).first(),
    ).toContainText(storedStrict("controls-texts", 3));
    await expect(origin("metrics")).toContainText("stored result");
  });

  await test.step("the trade-off of texts", async () => {
    await open("figure-3");
    await expect(origin("tradeoff")).toContainText("stored result");
    await page.locator("#tradeoff").getByRole("button", { name: "Values" }).click();
    // Beside the recipe's edits there may be what the model's own stored run has evaluated.
    const rows = page.locator("#tradeoff tbody tr");
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(stored("texts-tradeoff").edits.length);
  });

  await test.step("a common prompt", async () => {
    await open("table-4");
    await expect(page.locator("#bench")).toContainText("The capital of Norland is Vesk.");
    await expect(page.locator("#bench .stream").first()).toContainText("stored result");
  });
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
    await expect(page.locator("#plane"), "the keyboard goes on from where the tour stood").toBeFocused();
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
