import { readFile } from "node:fs/promises";
import { expect, test, type Download, type Locator, type Page } from "@playwright/test";
import { expectFitForAll, expectNoBrokenNumbers } from "./fit";
import { accuracies, expectStatus, linear, pipeline, smallLink, uncaughtErrors, webgpu } from "./lab";

/** The page as a whole: who can use it, on what screen, and what it gives away. */

// A run takes ten seconds on a free machine and minutes on one whose cores others use too.
test.describe.configure({ timeout: 900_000 });

test("with nothing computed the page is accessible and fits every screen", async ({ page }) => {
  const errors = uncaughtErrors(page);
  await page.route("**/results/*.json", (route) => route.fulfill({ status: 404 }));
  await page.route("**/model.safetensors", (route) => route.abort());
  await page.goto("/");
  await expectStatus(page, "failed");
  await expect(page.getByRole("region", { name: "Notices" })).not.toContainText("stored");
  await expectNoBrokenNumbers(page);
  await expectFitForAll(page);
  expect(errors).toEqual([]);
});

/** Names of what the Tab key reaches, from the top of the page to its end. */
async function reachedByTab(page: Page): Promise<string[]> {
  const reached: string[] = [];
  await page.evaluate(() => {
    scrollTo(0, 0);
    // The Tab key goes on from what was last focused or clicked, also after a blur: the top is focused instead.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || at === document.body) return undefined;
      const labelled = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels : null;
      const label = [...(labelled ?? [])].map((one) => one.innerText).join(" ");
      return at.getAttribute("aria-label") ?? (label === "" ? at.innerText : label);
    });
    // Nothing has the focus at the end of the page, or where a figure was drawn anew meanwhile: Tab goes on from there.
    if (name === undefined) continue;
    if (name === reached[0]) break;
    reached.push(name.replaceAll("\u00ad", ""));
  }
  return reached;
}

async function saved(
  page: Page,
  button: Locator,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

/** Images that the factors had at each step, from now on. */
async function watchFactors(page: Page): Promise<() => Promise<number[]>> {
  const seen = await page.evaluateHandle(() => {
    const counts: number[] = [];
    const now = document.querySelector(".pipeline-now");
    const note = (): void => {
      const text = /factors: ([\d,]+) of/.exec(now?.textContent ?? "")?.[1];
      if (text !== undefined) counts.push(Number(text.replaceAll(",", "")));
    };
    if (now !== null)
      new MutationObserver(note).observe(now, { subtree: true, childList: true, characterData: true });
    return counts;
  });
  return () => seen.jsonValue();
}

test.describe("a finished run", () => {
  let page: Page;
  let errors: string[];

  test.beforeAll(async ({ browser }) => {
    // From a context of its own, which axe asks for.
    page = await (await browser.newContext()).newPage();
    errors = uncaughtErrors(page);
    await page.goto(`/${smallLink()}`);
    await expectStatus(page, "finished");
  });
  test.afterEach(() => {
    expect(errors).toEqual([]);
  });
  test.afterAll(() => page.context().close());

  test("is accessible and fits every screen", async () => {
    await expect(page.getByRole("figure")).not.toHaveCount(0);
    await expectNoBrokenNumbers(page);
    await expectFitForAll(page);
  });

  test("figures and the table are saved as pictures and numbers", async () => {
    for (const figure of [page.locator("#plane figure").first(), page.locator("#spectra figure").first()]) {
      await figure.scrollIntoViewIfNeeded();
      const save = async (format: string): Promise<Buffer> => {
        await figure.getByRole("button", { name: /^Export/ }).click();
        const { name, bytes } = await saved(page, figure.getByRole("button", { name: format }));
        expect(name).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
        return bytes;
      };
      const png = await save("PNG");
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect(png.byteLength).toBeGreaterThan(5000);
      const svg = (await save("SVG")).toString();
      expect(svg).toMatch(/<svg[^>]*xmlns/);
      expect(svg.length).toBeGreaterThan(2000);
      expect((await save("CSV")).toString().split("\r\n").length).toBeGreaterThan(3);
      const { rows, source } = JSON.parse((await save("JSON")).toString()) as {
        rows: unknown[];
        source: string;
      };
      expect(rows.length).toBeGreaterThan(2);
      expect(source).toContain("computed in this browser");
    }
    const table = await saved(page, page.locator("#metrics").getByRole("button", { name: "CSV" }));
    expect(table.bytes.toString().split("\r\n")).toHaveLength(4);
    const recipe = await saved(page, page.getByRole("button", { name: "Recipe file" }));
    expect(JSON.parse(recipe.bytes.toString())).toMatchObject({ version: 1, title: "Small run" });
  });

  test("the keyboard reaches every main control, and arrows move the energy", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(page.getByRole("slider").first()).toBeVisible();
    const reached = await reachedByTab(page);
    for (const name of [
      /^Skip to the lab/,
      /^Copy link/,
      /^Recipe file/,
      /^Auto/,
      /^Figure 4/,
      /^Run again/,
      /^Take the tour/,
      /^Plain/,
      /^Your own model/,
      /^Settings/,
      /^Weight matrix/,
      /^Energy kept/,
      /^Export /,
      /^Add K-FAC/,
      /^K-FAC pairs/,
      /^Download edited model/,
      /^Scan the layers/,
    ])
      expect(reached, String(name)).toContainEqual(expect.stringMatching(name));

    const slider = page.getByRole("slider").first();
    await slider.focus();
    await slider.press("ArrowRight");
    await expect(slider).toHaveValue("0.705");
    await expect(page).toHaveURL(/kfac:pairs:0\.705:/);
    await expect(page.locator("table.metrics tbody tr").nth(1)).toContainText(/70\.5/);
    await expectStatus(page, "finished");
  });

  test("the edited model, saved and dropped back, has the accuracies of the edit", async () => {
    const edited = await accuracies(page, 1);
    expect(edited, "the edit changes something").not.toEqual(await accuracies(page, 0));

    const downloads: Download[] = [];
    page.on("download", (download) => downloads.push(download));
    await page.getByRole("button", { name: "Download edited model" }).click();
    await expect.poll(() => downloads.length).toBe(2);
    const files = await Promise.all(
      downloads.map(async (download) => ({
        name: download.suggestedFilename(),
        mimeType: "application/octet-stream",
        buffer: await bytesOf(download),
      })),
    );
    expect(files.map(({ name }) => name).sort()).toEqual(["config.json", "model.safetensors"]);

    await page.getByLabel("Your own model").setInputFiles(files);
    await expect(page).toHaveURL(/model=dropped\/[0-9a-f]{64}/);
    await expect.poll(() => accuracies(page, 0), { timeout: 400_000 }).toEqual(edited);
    await pipeline(page).getByRole("button", { name: "Cancel" }).click();
    await expectStatus(page, "cancelled");
  });
});

test("what is chosen stays through a reload, by the address", async ({ page }) => {
  await page.goto(`/${smallLink({}, ["none", `kfac:pairs:0.7:${linear}`, `svd:0.1:${linear}`])}`);
  await expectStatus(page, "finished");
  const svd = page.locator("table.metrics").getByRole("radio", { name: /^SVD/ });
  await svd.check();
  await page.getByLabel("Pictures").selectOption("validation-lost");
  await page.getByRole("radio", { name: "All layers" }).check();
  await expect(page).toHaveURL(/view\.edit=2.*view\.gallery=validation-lost.*view\.bands=all/);
  await page.reload();
  await expectStatus(page, "finished");
  await expect(svd).toBeChecked();
  await expect(page.getByRole("radio", { name: "All layers" })).toBeChecked();
  await expect(page.getByLabel("Pictures")).toHaveValue("validation-lost");
});

test("a cancel is done within 200 ms, and the next run goes on from the images it had", async ({ page }) => {
  await page.goto(`/${webgpu}${smallLink({ "factors.images": "20000" })}`);
  const firstRun = await watchFactors(page);
  await expect.poll(async () => (await firstRun()).at(-1) ?? 0, { timeout: 400_000 }).toBeGreaterThan(0);

  const milliseconds = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const section = document.querySelector<HTMLElement>(".pipeline");
        const button = section?.querySelector<HTMLElement>("button.primary");
        if (!section || !button) throw new Error("no run to cancel");
        const began = performance.now();
        new MutationObserver(() => {
          if (section.dataset["status"] === "cancelled") resolve(performance.now() - began);
        }).observe(section, { attributes: true });
        button.click();
      }),
  );
  expect(milliseconds).toBeLessThan(200);
  const kept = (await firstRun()).at(-1) ?? 0;

  const secondRun = await watchFactors(page);
  await pipeline(page).getByRole("button", { name: "Run again" }).click();
  await expect.poll(async () => (await secondRun()).length, { timeout: 400_000 }).toBeGreaterThan(0);
  expect((await secondRun())[0]).toBeGreaterThanOrEqual(kept);
  await pipeline(page).getByRole("button", { name: "Cancel" }).click();
  await expectStatus(page, "cancelled");
});
