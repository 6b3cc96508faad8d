import { expect, test, type Page } from "@playwright/test";
import { webgpu } from "./lab";

/**
 * The paper's ViT experiment as a person does it, on the real model, worker and WebGPU. The sample is small, since the
 * tests' GPU is a software one: one small matrix, whose cut alone turns labels right, and a few dozen images of each
 * group.
 */
const linear = "1.query";
const recipe = [
  "v=1",
  "title=Story",
  "model=shipped/vit-plain",
  "data.kind=shapes",
  "data.seed=1001",
  "data.trainingImages=14000",
  "data.validationImages=1000",
  "data.labelNoise=0.2",
  "data.classes=10",
  `factors.linears=${linear}`,
  "factors.images=64",
  "factors.tokens=readout",
  "factors.labels=sampled",
  "factors.seed=1",
  "spectrum.bandOrder=product",
  "spectrum.bandTokens=readout",
  "spectrum.bandNormalized=false",
  "evaluation.clean=20",
  "evaluation.memorized=40",
  "evaluation.validation=40",
  "edit=none",
  `edit=kfac:pairs:0.7:${linear}`,
  `view.linear=${linear}`,
  "view.edit=1",
].join("&");

async function finished(page: Page): Promise<void> {
  await expect(page.locator(".pipeline")).toHaveAttribute("data-status", "finished", { timeout: 600_000 });
}

/** Accuracies of a row of the metrics table in %: memorized, ground truth, clean, validation. */
async function accuracies(page: Page, row: number): Promise<number[]> {
  const cells = page.locator("table.metrics tbody tr").nth(row).locator("td");
  return (await cells.allInnerTexts()).map((text) => Number(/\d+(\.\d+)?/.exec(text)?.[0]));
}

test("a person watches memorized labels turn right, and finds the same numbers again by the link", async ({
  page,
}) => {
  test.setTimeout(900_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`/${webgpu}#${recipe}`);
  await expect(page.getByRole("banner")).toContainText("WebGPU");
  await finished(page);

  const unedited = await accuracies(page, 0);
  const edited = await accuracies(page, 1);
  expect(unedited[0], "memorized before").toBeGreaterThanOrEqual(70);
  expect(edited[0], "memorized falls").toBeLessThan((unedited[0] ?? 0) - 20);
  expect(edited[1], "ground truth rises").toBeGreaterThan((unedited[1] ?? 100) + 5);
  expect(edited[3], "validation holds").toBeGreaterThan((unedited[3] ?? 0) - 5);

  // Energy by keyboard: keeping everything restores the original exactly.
  const energy = page.getByRole("slider").first();
  await energy.focus();
  await energy.press("End");
  await expect.poll(async () => (await accuracies(page, 1))[0], { timeout: 120_000 }).toBe(unedited[0]);
  expect(await accuracies(page, 1)).toEqual(unedited);

  // And back again, by address: the same link gives the same numbers.
  await page.goto(`/${webgpu}#${recipe}`);
  await page.reload();
  await finished(page);
  expect(await accuracies(page, 0)).toEqual(unedited);
  expect(await accuracies(page, 1)).toEqual(edited);
  expect(faults).toEqual([]);
});
