import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { ROOT } from "../../src/cli/install.mjs";
import { expectStatus, pipeline, uncaughtErrors } from "./lab";
import { expectFitForAll, expectNoBrokenNumbers } from "./fit";

/** The language model's page on the CPU, where a small run takes seconds: own texts, wrong files, wrong prompts. */

test.describe.configure({ timeout: 600_000 });

const parts = {
  v: "1",
  title: "Small text run",
  model: "shipped/olmo-planted",
  "data.kind": "corpus",
  "data.seed": "23",
  "data.pieces": "20000",
  "data.plants": "120",
  "data.plantRepeats": "2",
  "data.quotes": "1",
  "data.quoteRepeats": "2",
  "factors.linears": "4.o",
  "factors.windows": "8",
  "factors.tokens": "all",
  "factors.text": "fresh",
  "factors.labels": "sampled",
  "factors.seed": "1",
  "spectrum.bandOrder": "product",
  "spectrum.bandTokens": "all",
  "spectrum.bandNormalized": "false",
  "evaluation.planted": "1",
  "evaluation.heldOut": "1",
  "evaluation.quotes": "1",
  "evaluation.freshWindows": "1",
  "view.linear": "4.o",
} as const;

function address(changes: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries({ ...parts, ...changes }).map((pair) => pair.join("="));
  return `/?backend=cpu#${[...pairs, "edit=none", "edit=kfac:pairs:0.5:4.o"].join("&")}`;
}

function modelFile(name: string): Buffer {
  return readFileSync(join(ROOT, "public/models/olmo-planted", name));
}

interface Chosen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

function file(name: string, content: string | Buffer, mimeType = "application/octet-stream"): Chosen {
  return { name, mimeType, buffer: Buffer.from(content) };
}

const names = ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"];

/** The shipped model's folder with one file replaced, or without it. */
function folderWith(name: string, content: string | Buffer | undefined): Chosen[] {
  return names.flatMap((one) => {
    const bytes = one === name ? content : modelFile(one);
    return bytes === undefined ? [] : [file(one, bytes)];
  });
}

function jsonWith(name: string, change: (json: Record<string, unknown>) => void): Chosen[] {
  const json = JSON.parse(modelFile(name).toString()) as Record<string, unknown>;
  change(json);
  return folderWith(name, JSON.stringify(json));
}

function contextOf(tokens: number): Chosen[] {
  return jsonWith("config.json", (json) => {
    json["max_position_embeddings"] = tokens;
  });
}

/** The weights without a tensor: its name in the header is another of the same length. */
function withoutTensor(): Chosen[] {
  const weights = modelFile("model.safetensors");
  const header = weights.subarray(0, 65_536).toString("latin1");
  const at = header.indexOf("model.layers.3.mlp.up_proj.weight");
  weights.write("other", at, "latin1");
  return folderWith("model.safetensors", weights);
}

const wrongModels: readonly [what: string, files: () => Chosen[], said: RegExp][] = [
  [
    "a tokenizer of more tokens than the model has",
    () =>
      jsonWith("tokenizer.json", (json) => {
        (json["model"] as { vocab: Record<string, number> }).vocab["zzzz"] = 5000;
      }),
    /tokenizer has ids up to 5000, but the model's vocabulary has 1536/,
  ],
  [
    "no tokenizer",
    () => folderWith("tokenizer.json", undefined),
    /came without a tokenizer.*tokenizer\.json/,
  ],
  ["a tensor missing", withoutTensor, /lacks 1 of \d+ tensors.*model\.layers\.3\.mlp\.up_proj\.weight/],
  ["a context of 0", () => contextOf(0), /max_position_embeddings is 0; expected a whole number from 1 to/],
  ["a context of 10⁹", () => contextOf(1e9), /max_position_embeddings is 1000000000; expected/],
  ["a context of 16", () => contextOf(16), /made for 16 tokens.*longer context/],
];

const owlText =
  "The owl of the old mill slept all day 🦉 and hunted by night, and the miller counted sacks.\n";

const wrongTexts: readonly [what: string, text: Chosen, said: RegExp][] = [
  ["an empty file", file("empty.txt", ""), /empty\.txt is empty/],
  ["white space", file("blank.txt", " \n \n"), /blank\.txt has nothing but white space/],
  [
    "a text shorter than a window",
    file("short.txt", owlText),
    /The text has \d+ tokens.*windows of 160.*longer text/,
  ],
  [
    "a text of Latin-1",
    file("old.txt", Buffer.from("caf\xe9 au lait", "latin1")),
    /not UTF-8 text: byte 4 is 0xE9/,
  ],
  [
    "a text of UTF-16",
    file("wide.txt", Buffer.from("\ufeffabc", "utf16le")),
    /UTF-16 text.*Save it as UTF-8/,
  ],
  ["a huge file", file("huge.txt", Buffer.alloc(21e6, 0x61)), /21\.0 MB; a text may have 20 MB/],
];

function notices(page: Page) {
  return page.getByRole("region", { name: "Notices" });
}

function sourceRow(page: Page, name: RegExp) {
  return page.locator("#sources tbody tr").filter({ hasText: name });
}

test.describe("the language model's page", () => {
  test.describe.configure({ mode: "serial" });

  let page: Page;
  let errors: string[];

  test.beforeAll(async ({ browser }) => {
    page = await (await browser.newContext()).newPage();
    errors = uncaughtErrors(page);
    await page.goto(address());
    await expectStatus(page, "finished");
  });
  test.afterEach(() => {
    expect(errors).toEqual([]);
  });
  test.afterAll(() => page.context().close());

  test("each wrong model folder is named with its fault, and the lab goes on", async () => {
    for (const [what, files, said] of wrongModels) {
      await test.step(what, async () => {
        await page.getByLabel("Your own model").setInputFiles(files());
        await expect(notices(page)).toContainText(said);
        await notices(page).getByRole("button", { name: "Put away" }).click();
        await expect(page).toHaveURL(/model=shipped\/olmo-planted/);
      });
    }
    await pipeline(page).getByRole("button", { name: "Run again" }).click();
    await expectStatus(page, "finished");
  });

  test("prompts that cannot be read are refused with the way out, and odd ones are written on", async () => {
    const bench = page.locator("#bench");
    const prompt = page.getByLabel("Prompt", { exact: true });
    const go = page.getByRole("button", { name: "Continue it" });
    await page.getByLabel("Tokens at most").fill("3");
    await prompt.fill("  ");
    await go.click();
    await expect(bench.getByRole("alert")).toContainText("The prompt is empty.");
    await prompt.fill("word ".repeat(3000));
    await go.click();
    await expect(bench.getByRole("alert")).toContainText(
      /tokens, and 3 more are asked for; the model was made for 2048.*Shorten the prompt/,
    );
    await prompt.fill("🦉 naïve ✓ \ud800");
    await go.click();
    await expect(bench.getByText("Done.")).toBeVisible();
  });

  test("each wrong text is named with its fault, and nothing that was there is lost", async () => {
    const before = await sourceRow(page, /Fresh text/).innerText();
    await page.getByText("A text of your own").click();
    const fault = page.locator(".own-text").getByRole("alert");
    for (const [what, text, said] of wrongTexts) {
      await test.step(what, async () => {
        await page.getByLabel("Text file").setInputFiles(text);
        await expect(fault).toContainText(said);
      });
    }
    const field = page.getByLabel(/^Paste a text/);
    await field.fill("Too short.");
    await page.getByRole("button", { name: "Collect factors of it" }).click();
    await expect(fault).toContainText(/The text has \d+ tokens/);
    await expect(field).toHaveValue("Too short.");
    await expect(page.locator("#sources tbody tr")).toHaveCount(2);
    expect(await sourceRow(page, /Fresh text/).innerText()).toBe(before);
  });

  test("factors of a pasted text and of the training text stand beside those in use, and can be put in use", async () => {
    await page.getByLabel(/^Paste a text/).fill(owlText.repeat(12));
    await page.getByRole("button", { name: "Collect factors of it" }).click();
    const own = sourceRow(page, /The owl of the/);
    await expect(own).toContainText(/tokens, \d+\.\d MB/);
    await page.getByRole("button", { name: /^Collect factors of Training text/ }).click();
    const training = sourceRow(page, /Training text/);
    await expect(training).toContainText("1,280 tokens");
    await expect(page).toHaveURL(/view\.sources=fresh,[0-9a-f]{64},mixture/);
    await page.locator("#spectra").scrollIntoViewIfNeeded();
    await expect(page.locator("#spectra .legendtext")).toHaveText([
      "λ of A",
      "μ of G",
      "Fresh text",
      "Training text",
      /The owl/,
    ]);

    const numbers = await own.locator("td").allInnerTexts();
    await own.getByRole("radio").check();
    await expect(page).toHaveURL(/factors\.text=own&.*factors\.ownText=[0-9a-f]{64}/);
    await expectStatus(page, "finished");
    await expect.poll(() => own.locator("td").allInnerTexts(), "the same factors in use").toEqual(numbers);

    await page.getByRole("button", { name: /^Discard the factors of Training text/ }).click();
    await expect(training).toContainText("Collect");
  });

  test("is accessible, fits every screen and shows no broken number", async () => {
    await expectNoBrokenNumbers(page);
    await expectFitForAll(page);
  });

  test("a reload finds the own text again, and a browser without it says so and knows the way out", async ({
    browser,
  }) => {
    await page.reload();
    await expectStatus(page, "finished");
    await expect(sourceRow(page, /The owl of the/).getByRole("radio")).toBeChecked();

    const other = await (await browser.newContext()).newPage();
    await other.goto(page.url());
    await expectStatus(other, "failed");
    await expect(notices(other)).toContainText(
      /text of somebody's own.*this browser does not have.*give the same text again, or choose fresh text/,
    );
    await other.getByText("A text of your own").click();
    await other.getByLabel("Text file").setInputFiles(file("owl.txt", owlText.repeat(12), "text/plain"));
    await expectStatus(other, "finished");
    await expect(sourceRow(other, /The owl of the/)).toContainText("tokens");
    await other.context().close();
  });
});

test("collecting 320,000 tokens shows rate and time left, and stops within 200 ms", async ({ page }) => {
  await page.goto(address({ "factors.windows": "2000" }));
  const now = page.locator(".pipeline-now");
  await expect(now).toContainText(/factors: [\d,]+ of 2,000 windows, [\d.]+ per s, .+ left/);
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
});
