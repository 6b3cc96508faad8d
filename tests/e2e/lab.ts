import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { ROOT } from "../../src/cli/install.mjs";

/** What every test of the page needs: a run small enough for a software GPU, and how to watch it. */

/** The matrix of the small run: 32×32, so that its spectrum takes no time. */
export const linear = "3.attention-output";

const small = {
  v: "1",
  title: "Small run",
  model: "shipped/vit-plain",
  "data.kind": "shapes",
  "data.seed": "1001",
  "data.trainingImages": "14000",
  "data.validationImages": "1000",
  "data.labelNoise": "0.2",
  "data.classes": "10",
  "factors.linears": linear,
  "factors.images": "64",
  "factors.tokens": "readout",
  "factors.labels": "sampled",
  "factors.seed": "1",
  "spectrum.bandOrder": "product",
  "spectrum.bandTokens": "readout",
  "spectrum.bandNormalized": "false",
  "evaluation.clean": "30",
  "evaluation.memorized": "40",
  "evaluation.validation": "30",
} as const;

/**
 * An address whose run takes seconds; `changes` replace parts of it or add to it. Behind `webgpu` it computes with real
 * WebGPU, here a software adapter's, which the lab leaves aside by itself.
 */
export function smallLink(
  changes: Readonly<Record<string, string>> = {},
  edits: readonly string[] = ["none", `kfac:pairs:0.7:${linear}`],
): string {
  const parts = Object.entries({ ...small, "view.linear": linear, ...changes });
  return `#${[...parts, ...edits.map((edit) => ["edit", edit])].map((pair) => pair.join("=")).join("&")}`;
}

/** Stands before the recipe in an address. */
export const webgpu = "?backend=webgpu";

/** Exceptions that nothing on the page has caught. */
export function uncaughtErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  return errors;
}

export function pipeline(page: Page): Locator {
  return page.getByRole("region", { name: "Run", exact: true });
}

export async function expectStatus(page: Page, status: string, timeout = 400_000): Promise<void> {
  await expect(pipeline(page)).toHaveAttribute("data-status", status, { timeout });
}

/** Accuracies of a row of the metrics table in %: memorized, ground truth, clean, validation. */
export async function accuracies(page: Page, row: number): Promise<number[]> {
  const cells = page.locator("table.metrics tbody tr").nth(row).locator("td");
  return (await cells.allInnerTexts()).map((text) => Number(/\d+(\.\d+)?/.exec(text)?.[0]));
}

/** A file of the shipped model that the small run uses. */
export function shippedFile(name: string): Buffer {
  return readFileSync(join(ROOT, "public/models/vit-plain", name));
}
