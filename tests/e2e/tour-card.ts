import { expect, type Locator, type Page } from "@playwright/test";

/** The card of the tour, and what must hold of it at every step. */

export function card(page: Page): Locator {
  return page.getByRole("complementary", { name: /^Tour/ });
}

/** The card leaves the beginning of what it speaks of free: its first 200 pixels, or all of it. */
export async function expectTargetFree(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const [target, tour] = ["[data-tour]", ".tour"].map((one) =>
          document.querySelector(one)?.getBoundingClientRect(),
        );
        if (target === undefined || tour === undefined) return "missing";
        const shown = { ...target.toJSON(), bottom: Math.min(target.bottom, target.top + 200) } as DOMRect;
        const beside = shown.right <= tour.left || shown.left >= tour.right;
        const onScreen = shown.top >= -1 && shown.top < innerHeight;
        return onScreen && (beside || shown.bottom <= tour.top) ? "free" : "covered";
      }),
    )
    .toBe("free");
}
