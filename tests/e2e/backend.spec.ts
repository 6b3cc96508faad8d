import { expect, test, type Page } from "@playwright/test";
import { accuracies, expectStatus, pipeline, smallLink, uncaughtErrors, webgpu } from "./lab";

/** Where the lab computes: on the CPU where the GPU is only emulated, unless the address says otherwise. */

test.describe.configure({ timeout: 900_000 });
test.skip(process.env.EIGENBAND_ADAPTER === "system", "needs an emulated GPU");

function notices(page: Page) {
  return page.getByRole("region", { name: "Notices" });
}

test("an emulated GPU is left aside with a notice, and taken all the same by choice", async ({ page }) => {
  const errors = uncaughtErrors(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/${smallLink()}`);
  await expect(notices(page)).toContainText("WebGPU here is emulated in software (SwiftShader).");
  await expect(page.getByRole("banner")).toContainText("WebAssembly");
  await expectStatus(page, "finished");
  const onCpu = await accuracies(page, 0);

  await notices(page).getByRole("button", { name: "Use WebGPU all the same" }).click();
  await expect(page).toHaveURL(/\?backend=webgpu#.*title=Small/);
  await expect(page.getByRole("banner")).toContainText("WebGPU, emulated");
  await expectStatus(page, "finished");
  // Of 30 images one is 3.3 points; float32 rounding may tip it.
  for (const [column, value] of (await accuracies(page, 0)).entries())
    expect(Math.abs(value - (onCpu[column] ?? Number.NaN))).toBeLessThan(3.5);

  await page.reload();
  await expect(page.getByRole("banner")).toContainText("WebGPU, emulated");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("banner")).toContainText("Link copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/^http:\/\/localhost:\d+\/\?backend=webgpu#v=1&/);

  await notices(page).getByRole("button", { name: "Compute on the CPU" }).click();
  await expect(page).toHaveURL(/\?backend=cpu#/);
  await expect(notices(page)).toContainText("The lab computes on the CPU, as this address asks.");
  await expect(page.getByRole("banner")).toContainText("WebAssembly");
  expect(errors).toEqual([]);
});

test("an unknown backend in the address is named, and the lab chooses by itself", async ({ page }) => {
  await page.goto("/?backend=abacus");
  await expect(notices(page)).toContainText("This address asks for backend=abacus, which is not known.");
  await expect(notices(page)).toContainText("?backend=webgpu or ?backend=cpu");
  await expect(page.getByRole("banner")).toContainText("WebAssembly");
});

test("after the GPU was lost the run can be started again, on what is there then", async ({
  page,
  browser,
}) => {
  await page.goto(`/${webgpu}${smallLink({ "factors.images": "20000" })}`);
  await expect(page.locator(".pipeline-now")).toContainText(/factors: [\d,]+ of/, { timeout: 400_000 });
  const devTools = await browser.newBrowserCDPSession();
  // The answer to this never comes, the process being gone.
  void devTools.send("Browser.crashGpuProcess").catch(() => undefined);
  await expectStatus(page, "failed");
  await expect(notices(page)).toContainText(/GPU/);
  await expect(page.getByRole("banner")).toContainText(/WebGPU|WebAssembly/);
  await notices(page).getByRole("button", { name: "Run again" }).click();
  await expect(page.locator(".pipeline-now")).toContainText(/factors: [\d,]+ of/, { timeout: 400_000 });
  await pipeline(page).getByRole("button", { name: "Cancel" }).click();
  await expectStatus(page, "cancelled");
});
