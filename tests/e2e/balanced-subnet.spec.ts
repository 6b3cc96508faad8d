import { expect, test, type Page } from "@playwright/test";
import { accuracies, expectStatus, pipeline, smallLink, uncaughtErrors } from "./lab";

/** BalancedSubnet as a person uses it, on the CPU, where steps on a small image classifier take little. */
const cpu = "?backend=cpu";
const linears = [0, 1, 2, 3].flatMap((layer) => [`${String(layer)}.fc1`, `${String(layer)}.fc2`]).join(",");
const random = `bsn:0.05:first-half:epochs@0:${linears}`;

const section = (page: Page) => page.locator("#subnet");
const row = (page: Page, table: string, at: number) => page.locator(`table.${table} tbody tr`).nth(at);
const field = (page: Page, label: string) => page.locator("#edit").getByLabel(label, { exact: true });

/** A number of steps that the section tells. */
async function stepIn(page: Page, pattern: RegExp): Promise<number> {
  return Number(pattern.exec(await section(page).innerText())?.[1] ?? 0);
}

test("a person teaches a mask, sees what it forgets, stops another in its midst and finds it in the address", async ({
  page,
}) => {
  test.setTimeout(600_000);
  const errors = uncaughtErrors(page);
  await page.goto(`/${cpu}${smallLink({ "view.edit": "1" }, ["none", random])}`);
  await expectStatus(page, "finished", 120_000);
  await expect(section(page)).toContainText("With 0 epochs nothing is learned");
  const [memorized = 0] = await accuracies(page, 0);
  await expect(row(page, "cost-metrics", 0)).toContainText("none");

  // Two epochs of 64 + 64 samples in batches of 16: sixteen steps.
  await page.locator(".subnet-settings summary").click();
  const setting = async (label: string, value: string): Promise<void> => {
    await field(page, label).fill(value);
    await field(page, label).press("Enter");
  };
  await setting("Memorized samples, at most", "64");
  await setting("Other samples", "64");
  await setting("Learning rate", "1");
  await setting("Epochs", "2");
  await expect(section(page)).toContainText("16 of 16 steps", { timeout: 200_000 });
  await expectStatus(page, "finished", 120_000);
  const taught = page.url();
  const measured = await accuracies(page, 1);
  const [after = 100] = measured;
  expect(after, "memorized under the mask").toBeLessThan(memorized);
  await expect(row(page, "targeted-metrics", 1)).toContainText("%");
  await expect(row(page, "cost-metrics", 0)).toContainText("64 to forget");
  await expect(section(page).getByRole("img", { name: /16 of 16 steps/ })).toBeVisible();

  // Many epochs: cancelled within 200 ms of the click, and what was learned stays to be seen.
  await setting("Epochs", "100");
  await expect(section(page)).toContainText(/[1-9]\d* of 800 steps/, { timeout: 100_000 });
  const cancelled = await page.evaluate(async () => {
    const region = document.querySelector(".pipeline");
    const began = performance.now();
    const buttons = [...document.querySelectorAll<HTMLButtonElement>(".pipeline button")];
    const button = buttons.find(({ innerText }) => innerText === "Cancel");
    button?.click();
    while (region?.getAttribute("data-status") === "running" && performance.now() - began < 5000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const took = performance.now() - began;
    // Of a double click the second press comes when the button would begin the run again.
    button?.click();
    return took;
  });
  expect(cancelled).toBeLessThan(200);
  await expect(pipeline(page).getByRole("button", { name: "Run again" })).toBeEnabled();
  await expect(pipeline(page)).toHaveAttribute("data-status", "cancelled");
  await expect(section(page)).toContainText(/[1-9]\d* of 800 steps/);

  const address = page.url();
  expect(address).toContain("bsn:0.05:first-half:memorized@64,retained@64,epochs@100,rate@1:");
  await expect(section(page)).toContainText("a run goes on from here");
  await expect(section(page)).toContainText("2 masks kept in this browser, 1 learned in part");
  const stopped = await stepIn(page, /(\d+) of 800 steps/);

  // The page goes away: what was stopped goes on, and what is broken off in its midst goes on from its last keeping.
  await page.goto("about:blank");
  await page.goto(address);
  await expect(section(page)).toContainText(/goes on from step [1-9]/, { timeout: 100_000 });
  expect(await stepIn(page, /goes on from step (\d+)/)).toBeGreaterThanOrEqual(stopped);
  // States are kept every few seconds.
  await expect
    .poll(() => stepIn(page, /(\d+) of 800 steps/), { timeout: 100_000 })
    .toBeGreaterThan(stopped + 10);
  await page.waitForTimeout(4000);
  await page.reload();
  await expect(section(page)).toContainText(/goes on from step [1-9]/, { timeout: 100_000 });
  expect(await stepIn(page, /goes on from step (\d+)/)).toBeGreaterThan(stopped);
  await pipeline(page).getByRole("button", { name: "Cancel" }).click();
  await expectStatus(page, "cancelled");
  await page.locator(".subnet-settings summary").click();
  await expect(field(page, "Epochs")).toHaveValue("100");
  await expect(field(page, "Memorized samples, at most")).toHaveValue("64");

  // The mask that was done is not learned again.
  await page.goto("about:blank");
  await page.goto(taught);
  await expectStatus(page, "finished", 120_000);
  await expect(section(page)).toContainText("16 of 16 steps");
  expect(await accuracies(page, 1)).toEqual(measured);
  await expect(section(page)).toContainText("2 masks kept in this browser, 1 learned in part");
  await section(page).getByRole("button", { name: "Delete kept masks" }).click();
  await expect(section(page)).toContainText("0 masks kept");
  expect(errors).toEqual([]);
});
