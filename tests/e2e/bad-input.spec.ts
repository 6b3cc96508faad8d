import { chromium, expect, test, type Page } from "@playwright/test";
import { chromiumLaunchOptions } from "../../src/cli/chromium.mjs";
import {
  accuracies,
  expectStatus,
  linear,
  pipeline,
  shippedFile,
  smallLink,
  uncaughtErrors,
  webgpu,
} from "./lab";

/** Whatever comes in, the page says what is wrong with it and stays usable. */

// A run takes ten seconds on a free machine and minutes on one whose cores others use too.
test.describe.configure({ timeout: 900_000 });

interface Chosen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

function file(name: string, content: string | Buffer): Chosen {
  return { name, mimeType: "application/octet-stream", buffer: Buffer.from(content) };
}

function configWith(changes: Readonly<Record<string, unknown>>): Chosen {
  const config = JSON.parse(shippedFile("config.json").toString()) as object;
  return file("config.json", JSON.stringify({ ...config, ...changes }));
}

const config = file("config.json", shippedFile("config.json"));
const weights = file("model.safetensors", shippedFile("model.safetensors"));

const wrongFiles: readonly {
  readonly what: string;
  readonly files: readonly Chosen[];
  readonly said: RegExp;
}[] = [
  { what: "a text", files: [file("notes.txt", "dear diary")], said: /config\.json.*notes\.txt/ },
  { what: "config.json alone", files: [config], said: /model\.safetensors/ },
  { what: "weights alone", files: [weights], said: /config\.json/ },
  {
    what: "weights cut off",
    files: [config, file("model.safetensors", weights.buffer.subarray(0, 400_000))],
    said: /should have [\d,]+ bytes by its header; it has 400,?000.*cut off or damaged/,
  },
  {
    what: "a header of absurd length",
    files: [config, file("model.safetensors", Buffer.alloc(64, 0xff))],
    said: /announces a header of 18446744073709551615 bytes/,
  },
  {
    what: "empty weights",
    files: [config, file("model.safetensors", "")],
    said: /has 0 bytes; a safetensors file has at least 8/,
  },
  {
    what: "a width of 0",
    files: [configWith({ hidden_size: 0 }), weights],
    said: /hidden_size is 0; expected a whole number from 1 to/,
  },
  {
    what: "no model type",
    files: [configWith({ model_type: undefined }), weights],
    said: /model_type is missing.*"vit".*"olmo2"/,
  },
  {
    what: "another width than the weights have",
    files: [configWith({ hidden_size: 64 }), weights],
    said: /but config\.json makes it/,
  },
  {
    what: "a config that is no JSON",
    files: [file("config.json", "<!doctype html>"), weights],
    said: /config\.json is no JSON/,
  },
];

function notices(page: Page) {
  return page.getByRole("region", { name: "Notices" });
}

/** No notice, but the one that tells that the tests' GPU is an emulated one. */
async function expectNoFault(page: Page): Promise<void> {
  const faults = notices(page).locator(".notice").filter({ hasNotText: "WebGPU here is emulated" });
  await expect(faults).toHaveCount(0);
}

test("each wrong file is named with its fault, and the lab goes on", async ({ page }) => {
  const errors = uncaughtErrors(page);
  await page.goto(`/${smallLink()}`);
  await expectStatus(page, "finished");
  const before = await accuracies(page, 1);
  for (const { what, files, said } of wrongFiles) {
    await test.step(what, async () => {
      await page.getByLabel("Your own model").setInputFiles([...files]);
      await expect(notices(page)).toContainText(said);
      await notices(page).getByRole("button", { name: "Put away" }).click();
      await expectNoFault(page);
    });
  }
  await test.step("a text dropped instead of chosen", async () => {
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["dear diary"], "notes.txt", { type: "text/plain" }));
      return transfer;
    });
    await page.locator(".drop").dispatchEvent("drop", { dataTransfer: data });
    await expect(notices(page)).toContainText(/config\.json.*notes\.txt/);
    await notices(page).getByRole("button", { name: "Put away" }).click();
    // Beside the places for files the browser would leave the lab for the file.
    const kept = await page.getByRole("heading", { level: 1 }).evaluate((heading, dataTransfer) => {
      const drop = (type: string): boolean =>
        !heading.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
      return drop("dragover") && drop("drop");
    }, data);
    expect(kept).toBe(true);
    await expect(notices(page)).toContainText("Nothing takes files where these were dropped.");
    await notices(page).getByRole("button", { name: "Put away" }).click();
  });
  await pipeline(page).getByRole("button", { name: "Run again" }).click();
  await expectStatus(page, "finished");
  expect(await accuracies(page, 1)).toEqual(before);
  expect(errors).toEqual([]);
});

test("a wrong address is named with its faults, and a right one put in its place runs", async ({ page }) => {
  const errors = uncaughtErrors(page);
  await page.goto("/#nonsense&&=%ZZ&v=1&model=../../etc/passwd&__proto__.x=1");
  await expect(notices(page)).toContainText("The address of this page is not a recipe.");
  await expect(notices(page)).toContainText("nonsense");
  await expect(page.getByRole("radio", { name: /^Plain/ })).toBeChecked();

  await page.goto(`/${smallLink({}, ["none", `kfac:pairs:1.7:${linear}`])}`);
  await expect(notices(page)).toContainText("edits[1].energy: expected a number from 0 to 1, got 1.7");
  await expect(page.locator("#metrics")).not.toContainText("170");

  await page.goto(`/${smallLink({}, ["none", `kfac:pairs:1:${linear}`])}`);
  await expectNoFault(page);
  await expect(page.locator(".recipe-title")).toHaveText("Small run");
  await expectStatus(page, "finished");
  expect(await accuracies(page, 1)).toEqual(await accuracies(page, 0));
  expect(errors).toEqual([]);
});

test("a number that its field does not take is named, stays there to be mended, and changes nothing", async ({
  page,
}) => {
  const errors = uncaughtErrors(page);
  await page.goto(`/?backend=cpu${smallLink()}`);
  await expectStatus(page, "finished");
  const address = page.url();

  await test.step("where it is taken over on leaving", async () => {
    const epochs = page.locator("#train").getByRole("spinbutton", { name: "Epochs", exact: true });
    await epochs.fill("5000");
    await epochs.press("Enter");
    await expect(page.getByRole("alert")).toHaveText(
      "Takes a whole number from 1 to 300. It is still 100; Esc puts that back.",
    );
    await expect(epochs).toHaveValue("5000");
    await expect(epochs).toHaveAttribute("aria-invalid", "true");
    expect(page.url()).toBe(address);
    await epochs.press("Escape");
    await expect(epochs).toHaveValue("100");
    await expect(page.getByRole("alert")).toHaveCount(0);
    // Letters that the browser makes no number of are not an empty field.
    await epochs.press("End");
    await epochs.press("e");
    await epochs.press("Tab");
    await expect(page.getByRole("alert")).toContainText("Takes a whole number from 1 to 300.");
    await epochs.fill("12");
    await epochs.press("Tab");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect.poll(() => page.url()).toContain("12");
  });

  await test.step("where it is taken over while it is typed", async () => {
    const energy = page.locator("#edit").getByRole("spinbutton", { name: "Energy kept, in percent" });
    await expect(energy).toHaveValue("70");
    await energy.fill("170");
    await energy.press("Tab");
    await expect(page.getByRole("alert")).toContainText("Takes a number from 30 to 100. It is still 70;");
    await energy.press("Escape");
    await expect(energy).toHaveValue("70");
    await expectStatus(page, "finished");
  });
  expect(errors).toEqual([]);
});

test("without the network the model's absence is said, and with it again the run goes on", async ({
  page,
}) => {
  const errors = uncaughtErrors(page);
  const weightsFile = "**/model.safetensors";
  await page.route(weightsFile, (route) => route.abort("internetdisconnected"));
  await page.goto(`/${smallLink()}`);
  await expectStatus(page, "failed");
  await expect(notices(page)).toContainText(/model\.safetensors could not be loaded/);
  await expect(notices(page)).toContainText("Check the network and run again");
  await page.unroute(weightsFile);
  await notices(page).getByRole("button", { name: "Run again" }).click();
  await expectStatus(page, "finished");
  await expectNoFault(page);
  expect(await accuracies(page, 0)).toHaveLength(4);
  expect(errors).toEqual([]);
});

test("without WebGPU a notice says so, and the processor reaches the same numbers", async ({
  page,
  baseURL,
}) => {
  await page.goto(`/${webgpu}${smallLink()}`);
  await expectStatus(page, "finished");
  const onGpu = [await accuracies(page, 0), await accuracies(page, 1)];
  await page.close();

  const plain = { ...chromiumLaunchOptions(), args: ["--no-sandbox", "--disable-features=WebGPU"] };
  const browser = await chromium.launch(plain);
  try {
    const other = await browser.newPage();
    const errors = uncaughtErrors(other);
    await other.goto(`${baseURL}${smallLink()}`);
    await expect(notices(other)).toContainText(
      /No WebGPU here: this browser (does not offer it|finds no GPU for it)\./,
    );
    await expect(other.getByRole("banner")).toContainText("WebAssembly");
    // Slow, so it does not begin by itself.
    await expectStatus(other, "idle");
    await pipeline(other).getByRole("button", { name: "Run" }).click();
    await expectStatus(other, "finished");
    // Of 30 images one is 3.3 points. Unedited both differ by float32 rounding; a cut in another basis of nearly equal
    // eigenvalues may tip an image or two.
    expectClose(await accuracies(other, 0), onGpu[0], 3.5);
    expectClose(await accuracies(other, 1), onGpu[1], 7);
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});

function expectClose(actual: readonly number[], wanted: readonly number[] | undefined, within: number): void {
  expect(actual).toHaveLength(4);
  for (const [column, value] of actual.entries())
    expect(Math.abs(value - (wanted?.[column] ?? Number.NaN)), `column ${column}`).toBeLessThan(within);
}
