import { createHash } from "node:crypto";
import { expect, test, type BrowserContext } from "@playwright/test";
import { accuracies, expectStatus, shippedFile, smallLink, uncaughtErrors } from "./lab";

/** A model of the hub, opened by its name; the hub's answers are played by the test. */

test.describe.configure({ timeout: 900_000 });

const commit = "0123456789abcdef0123456789abcdef01234567";

/** Answers as the hub for owner/shapes, whose files are the shipped model's. */
async function playHub(context: BrowserContext): Promise<void> {
  const [config, weights] = [shippedFile("config.json"), shippedFile("model.safetensors")];
  const oid = createHash("sha256").update(weights).digest("hex");
  const tree = [
    { type: "file", path: "config.json", size: config.byteLength },
    { type: "file", path: "model.safetensors", size: weights.byteLength, lfs: { oid } },
  ];
  const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
  await context.route("https://huggingface.co/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    const answers: Readonly<Record<string, Buffer | string>> = {
      "/api/models/owner/shapes/revision/main": JSON.stringify({ sha: commit }),
      [`/api/models/owner/shapes/revision/${commit}`]: JSON.stringify({ sha: commit }),
      [`/api/models/owner/shapes/tree/${commit}`]: JSON.stringify(tree),
      [`/owner/shapes/resolve/${commit}/config.json`]: config,
      [`/owner/shapes/resolve/${commit}/model.safetensors`]: weights,
    };
    const body = answers[pathname];
    await (body === undefined
      ? route.fulfill({ status: 404, headers })
      : route.fulfill({ status: 200, headers, body }));
  });
}

test("a model of the hub opens by its name, and a wrong name is said to be wrong", async ({
  page,
  context,
}) => {
  const errors = uncaughtErrors(page);
  await playHub(context);
  await page.goto(`/${smallLink({}, ["none"])}`);
  await expectStatus(page, "finished");
  const shipped = await accuracies(page, 0);
  const notices = page.getByRole("region", { name: "Notices" });
  const field = page.getByLabel("Model on the Hugging Face hub");

  await field.fill("no name");
  await field.press("Enter");
  await expect(notices).toContainText("“no name” is no name of a model on the hub.");
  await expect(notices).toContainText("owner/model");

  await field.fill("owner/missing");
  await field.press("Enter");
  await expect(notices).toContainText("huggingface.co has no owner/missing at main");

  await field.fill("https://huggingface.co/owner/shapes");
  await field.press("Enter");
  await expect(page).toHaveURL(/model=hub\/owner\/shapes@main/);
  await expect(page.locator(".recipe-title")).toHaveText("owner/shapes");
  await expect.poll(() => accuracies(page, 0), { timeout: 400_000 }).toEqual(shipped);
  expect(errors).toEqual([]);
});
