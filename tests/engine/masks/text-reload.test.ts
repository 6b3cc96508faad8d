import { expect, it } from "vitest";
import { folderLoader } from "../../../src/cli/node-loader";
import { MaskShelf } from "../../../src/engine/masks/mask-shelf";
import { noOwnTexts } from "../../../src/engine/own-texts";
import { subjectOf } from "../../../src/engine/subject";
import { Subnets } from "../../../src/engine/subnets";
import { openStore } from "../../../src/files/store";
import { subnetEdit } from "../../../src/recipe/presets/subnet-edits";
import { createNodeBackend } from "../../../src/runtime/node";
import { textExample } from "../../recipe/text-example";

it("a language model's mask goes on after a reload to the same end, bit for bit", async () => {
  const backend = createNodeBackend();
  const quiet = { signal: new AbortController().signal, onProgress: (): void => undefined };
  const model = await folderLoader("public/models")(textExample, backend, quiet);
  const source = { key: "olmo", study: subjectOf(textExample, noOwnTexts).with(model) };
  const edit = subnetEdit(textExample, 6, { forgetExamples: 10, retainExamples: 6, epochs: 2, batch: 8 });
  const whole = await new Subnets(backend).learn(source, edit, quiet, () => undefined);
  expect(whole.training.curve).toHaveLength(4);

  const store = openStore();
  const visit = () => new Subnets(backend, new MaskShelf(store));
  const controller = new AbortController();
  const stopping = {
    signal: controller.signal,
    onProgress: (): void => controller.abort(new DOMException("stopped", "AbortError")),
  };
  await expect(visit().learn(source, edit, stopping, () => undefined)).rejects.toThrow("stopped");
  const froms: number[] = [];
  const resumed = await visit().learn(source, edit, quiet, (_, from) => froms.push(from));
  expect(froms[0]).toBe(1);
  expect(resumed.training).toEqual(whole.training);
  expect(resumed.masks).toEqual(whole.masks);
  // Done, it is found as it is.
  const found = await visit().learn(source, edit, quiet, () => expect.unreachable());
  expect(found.masks).toEqual(whole.masks);
  model.release();
  backend.release();
});
