import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

/** What holds of every page: people can use it, on what screen they have, and no number on it is broken. */

const widths = [1440, 1024, 390] as const;
const themes = ["light", "dark"] as const;

/**
 * At every width, and in both themes unless told otherwise: nothing that keeps people out, and nothing wider than the
 * screen.
 */
export async function expectFitForAll(
  page: Page,
  shown: readonly (typeof themes)[number][] = themes,
): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of shown) {
      await test.step(`${width} px, ${colorScheme}`, async () => {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        const where = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
        expect(where).toEqual([]);
        const { wanted, given } = await page.evaluate(() => ({
          wanted: document.documentElement.scrollWidth,
          given: document.documentElement.clientWidth,
        }));
        expect(wanted).toBeLessThanOrEqual(given);
      });
    }
  }
}

export async function expectNoBrokenNumbers(page: Page): Promise<void> {
  const text = await page.locator("body").innerText();
  expect(text.match(/.{0,30}\b(NaN|null|undefined|Infinity)\b.{0,30}/g)).toBeNull();
}
