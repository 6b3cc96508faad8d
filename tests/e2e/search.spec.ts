import { expect, test, type Page } from "@playwright/test";
import { expectStatus, smallLink, uncaughtErrors } from "./lab";

/** A search over sets of layers is started, paused, found again after a reload, finished, and its best row opened. */

test.describe.configure({ timeout: 900_000 });

const cpu = "?backend=cpu";
/** Matrices of 32×32 in four layers: all 15 sets of them by twelve strengths, enough to be paused in the midst. */
const link = smallLink({
  "view.search": "attention-output:prefixes,subsets:4:0.3,0.4,0.5,0.6,0.7,0.8,0.9:0.1,0.2,0.3,0.4,0.5",
  "view.at": "search",
});
const edits = 180;

const section = (page: Page) => page.locator("#search");
const rows = (page: Page) => section(page).locator("table tbody tr");

async function evaluated(page: Page): Promise<number> {
  const text = await section(page).locator(".search-size").innerText();
  return text.includes("All ") ? edits : Number(/(\d+) of them evaluated/.exec(text)?.[1] ?? 0);
}

/** From the click until the page says that it is paused, by the page's own clock. */
function millisecondsToPause(page: Page): Promise<number> {
  return section(page).evaluate(
    (element) =>
      new Promise<number>((resolve, reject) => {
        const status = element.querySelector(".search-status");
        const button = [...element.querySelectorAll("button")].find(({ innerText }) => innerText === "Pause");
        if (!status || !button) {
          reject(new Error("nothing is running"));
          return;
        }
        const began = performance.now();
        new MutationObserver(() => {
          if (status.getAttribute("data-status") !== "paused") return;
          resolve(performance.now() - began);
          // The second press of a double click, when the button would resume the search.
          button.click();
        }).observe(status, { attributes: true });
        button.click();
      }),
  );
}

test("a paused search goes on after a reload, and its best edit is opened", async ({ page }) => {
  const errors = uncaughtErrors(page);
  await page.goto(`/${cpu}${link}`);
  await expectStatus(page, "finished");
  await expect(section(page)).toContainText(`${String(edits)} edits.`);
  await expect(section(page)).toContainText("15 sets of layers × (7 energies + 5 shares of σ)");

  await section(page).getByRole("button", { name: "Start the search" }).click();
  await expect.poll(() => evaluated(page), { timeout: 400_000 }).toBeGreaterThan(2);
  const took = await millisecondsToPause(page);
  test.info().annotations.push({ type: "pause", description: `${took.toFixed(0)} ms` });
  expect(took).toBeLessThan(200);
  await expect(section(page).getByRole("button", { name: "Resume the search" })).toBeEnabled();
  await expect(section(page).locator(".search-status")).toHaveAttribute("data-status", "paused");
  const paused = await evaluated(page);
  expect(paused).toBeGreaterThan(2);
  expect(paused).toBeLessThan(edits);

  await page.reload();
  await expectStatus(page, "finished");
  await expect.poll(() => evaluated(page)).toBeGreaterThanOrEqual(paused);
  expect(await rows(page).count()).toBeGreaterThan(0);
  await section(page).getByRole("button", { name: "Resume the search" }).click();
  await expect(section(page).locator(".search-status")).toHaveAttribute("data-status", "finished", {
    timeout: 400_000,
  });
  expect(await evaluated(page)).toBe(edits);

  await section(page)
    .getByRole("button", { name: `All ${String(edits)}` })
    .click();
  await expect(rows(page)).toHaveCount(edits);
  await section(page).getByRole("button", { name: "Sort by memorized" }).click();
  const memories = (await rows(page).locator("td:nth-child(3)").allInnerTexts()).map(parseFloat);
  expect(memories).toEqual(memories.toSorted((a, b) => a - b));

  await section(page).getByRole("button", { name: "Sort by rank" }).click();
  const best = rows(page).first();
  await expect(best.locator("td").first()).toContainText("●");
  const memory = await best.locator("td").nth(1).innerText();
  await best.getByRole("button", { name: "Open" }).click();
  const chosen = page.locator('#metrics table.metrics tr[data-chosen="true"]');
  await expect(chosen.locator(".metric-value").first()).toHaveText(memory, { timeout: 400_000 });

  await page.reload();
  await expect(section(page).getByRole("button", { name: "Forget what was found" })).toBeEnabled();
  await section(page).getByRole("button", { name: "Forget what was found" }).click();
  await expect(rows(page)).toHaveCount(0);
  expect(errors).toEqual([]);
});
