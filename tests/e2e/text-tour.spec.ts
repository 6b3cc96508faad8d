import { expect, test } from "@playwright/test";
import { expectFitForAll, expectNoBrokenNumbers } from "./fit";
import { expectStatus, uncaughtErrors } from "./lab";
import { smallTextRecipe } from "./small-text-recipe";
import { card, expectTargetFree } from "./tour-card";

/** The tour through the language model, on the CPU: one small matrix, one planted passage and one held out. */
const recipe = smallTextRecipe(0.9, {
  title: "Text tour",
  "evaluation.heldOut": "1",
  "evaluation.quotes": "1",
});

test("the tour of the language model finds a recited passage, cuts, compares and asks", async ({ page }) => {
  test.setTimeout(300_000);
  const errors = uncaughtErrors(page);
  const outcome = card(page).getByRole("status");
  const act = (name: string) => card(page).getByRole("button", { name }).click();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/?backend=cpu#${recipe}`);
  await expectStatus(page, "finished");
  await page.getByRole("button", { name: "Take the tour" }).click();

  await test.step("1: a passage that is recited", async () => {
    await expectTargetFree(page);
    await act("Choose a recited passage");
    await expect(outcome).toContainText("unedited: recited");
    await expect(outcome).toContainText("Of 1 planted passages 100.0 % are recited exactly");
    await expect(page.locator("#metrics").getByRole("radio", { name: /^Unedited/ })).toBeChecked();
  });

  await test.step("2 and 3: curvature and bands", async () => {
    await act("Next");
    await expect(outcome).toContainText(/largest λ is .* times the middle one/);
    await expectTargetFree(page);
    await act("Next");
    await expect(outcome).toContainText("memorized over clean");
    await expectTargetFree(page);
  });

  await test.step("4: the energy is moved, and the numbers follow", async () => {
    await act("Next");
    await act("Set it to 80 %");
    await expect(page).toHaveURL(/kfac:pairs:0\.8:1\.o.*view\.tour=3/);
    await expect(outcome).toContainText(/With 80\.0\s% kept: strict .*nDCG@10.*Unedited: strict 100\.0\s%/);
    await expectTargetFree(page);
  });

  await test.step("5: an SVD cut beside it", async () => {
    await act("Next");
    await act("Add an SVD cut");
    await expect(outcome).toContainText(/K-FAC.*strict.*SVD.*strict/);
    await expect(page.locator("#metrics").getByRole("radio", { name: /^SVD/ })).toBeChecked();
    await expectTargetFree(page);
  });

  await test.step("6: what it costs, asked of the model itself", async () => {
    await act("Next");
    await expectTargetFree(page);
    await act("Choose the K-FAC row");
    await act("Ask it for a capital");
    await expect(outcome).toContainText(
      /unedited: “The capital of Norland is .*K-FAC.*“The capital of Norland is /,
    );
  });

  await test.step("with the card open the page is accessible and fits, and on a phone the target stays free", async () => {
    // The colours of both themes are seen to by the tour of the image model; here it is the size that differs.
    await expectFitForAll(page, ["dark"]);
    await expectTargetFree(page);
    await expectNoBrokenNumbers(page);
  });

  await test.step("it ends for good", async () => {
    await act("Done");
    await expect(card(page)).toHaveCount(0);
  });
  expect(errors).toEqual([]);
});
