import { expect, test, type Page } from "@playwright/test";
import { expectStatus, smallLink, uncaughtErrors } from "./lab";

/** A network trained in the tab: watched, stopped, gone on with, kept, analysed, found again and deleted. */

test.describe.configure({ timeout: 600_000 });

/** An epoch of a moment, and more of them than anybody waits for. */
const settings = "i256-n0.5-d0.3-l1-w8-m16-e300-s1";
const cpu = "?backend=cpu";

function panel(page: Page) {
  return page.getByRole("region", { name: "Train one yourself" });
}

/** Epochs behind the training that stands, from the button that goes on with it. */
async function standingEpochs(page: Page): Promise<number> {
  const button = panel(page).getByRole("button", { name: /^Go on from epoch/ });
  return Number(/\d+/.exec((await button.textContent()) ?? "")?.[0]);
}

async function epochUnderWay(page: Page): Promise<number> {
  const text = (await panel(page).locator(".train-progress").textContent()) ?? "";
  return Number(/Epoch (\d+) of 300/.exec(text)?.[1] ?? 0);
}

test("a network is trained, stopped, kept and analysed, and survives reloads until it is deleted", async ({
  page,
  browser,
}) => {
  const errors = uncaughtErrors(page);
  await page.goto(`/${cpu}${smallLink({ "view.train": settings }, ["none"])}`);
  await expectStatus(page, "finished");
  const train = panel(page);
  await train.scrollIntoViewIfNeeded();
  await expect(train.getByLabel("Epochs", { exact: true })).toHaveValue("300");
  await expect(train.locator(".train-pace")).toContainText(
    /About .+ on this device: [\d,]+ images\/s measured/,
  );

  await train.getByRole("button", { name: "Start training" }).click();
  await expect.poll(() => epochUnderWay(page), { timeout: 120_000 }).toBeGreaterThan(2);
  await train.getByRole("button", { name: "Stop training" }).click();
  await expect(train.getByRole("button", { name: /^Go on from epoch/ })).toBeVisible({ timeout: 2000 });
  const stopped = await standingEpochs(page);
  expect(stopped).toBeGreaterThanOrEqual(2);

  // A reload in the middle goes on by itself, from the last whole epoch.
  await train.getByRole("button", { name: /^Go on from epoch/ }).click();
  await expect.poll(() => epochUnderWay(page), { timeout: 120_000 }).toBeGreaterThan(stopped + 1);
  const before = await epochUnderWay(page);
  await page.reload();
  await expect.poll(() => epochUnderWay(page), { timeout: 120_000 }).toBeGreaterThanOrEqual(before);
  await panel(page).getByRole("button", { name: "Stop training" }).click();
  await expect(panel(page).getByRole("button", { name: /^Go on from epoch/ })).toBeVisible();
  const epochs = await standingEpochs(page);
  expect(epochs).toBeGreaterThan(stopped);

  await panel(page).getByRole("button", { name: "Keep and analyse" }).click();
  await expect(page).toHaveURL(new RegExp(`model=trained/${settings}-at${String(epochs)}&`));
  await expectStatus(page, "finished");
  const title = `Own training: 50 % noise, decay 0.3, ${String(epochs)} of 300 epochs`;
  await expect(page.locator(".recipe-title")).toHaveText(title);
  await expect(page.locator("#metrics").getByRole("radio", { name: /fc2 of layer 0/ })).toHaveCount(2);

  await page.reload();
  await expectStatus(page, "finished");
  const card = page.getByRole("radio", { name: title });
  await expect(card).toBeChecked();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: `Download ${title}` }).click();
  expect((await download).suggestedFilename()).toBe("config.json");

  // The same link in a browser that lacks the model.
  const other = await browser.newContext();
  const stranger = await other.newPage();
  await stranger.goto(page.url());
  const notices = stranger.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("this browser has none like it");
  await expect(notices.getByRole("button", { name: "Train it again" })).toBeEnabled();
  await expect(panel(stranger).getByLabel("Training images", { exact: true })).toHaveValue("256");
  await other.close();

  await page.getByRole("button", { name: `Delete ${title}` }).click();
  await expect(page.getByText("Named by the link; this browser does not have it.")).toBeVisible();
  expect(errors).toEqual([]);
});

test("the series of weight decays is shown for the decay that is chosen, which the link keeps", async ({
  page,
}) => {
  const errors = uncaughtErrors(page);
  await page.goto(`/${cpu}${smallLink({ "view.decay": "0.3" }, ["none"])}`);
  const train = panel(page);
  await train.scrollIntoViewIfNeeded();
  await expect(train).toContainText("At decay 0.3 the network memorized");
  await expect(train.getByRole("figure", { name: "Disentanglement against weight decay" })).toBeVisible();
  await expect(train.getByRole("figure", { name: "Memorized / clean response, K-FAC bands" })).toBeVisible();
  await train
    .getByRole("group", { name: "Weight decay" })
    .getByRole("radio", { name: "1", exact: true })
    .check();
  await expect(train).toContainText("At decay 1 the network memorized");
  await expect(page).toHaveURL(/&view\.decay=1(&|$)/);
  await train.getByRole("button", { name: "Train this one here" }).click();
  await expect(
    train.getByLabel("Weight decay", { exact: true }).and(train.getByRole("spinbutton")),
  ).toHaveValue("1");
  expect(errors).toEqual([]);
});
